# A node in a container: `docker build -t relay .`, then `docker run -p 8080:8080 -v ./blog.rl:/srv/blog.rl:ro relay blog.rl`.
# It serves every program it is given; flags go behind it, or into the environment as RELAY_*.

FROM debian:12-slim AS build
WORKDIR /src
COPY tools/setup.sh tools/packages.txt tools/
RUN tools/setup.sh build package && rm -rf /var/lib/apt/lists/*
COPY . .
RUN cmake --preset release -DRELAY_TESTS=OFF \
    && cmake --build build/release --target relay relay_pages \
    && cd build/release && cpack -G DEB -D CPACK_COMPONENTS_ALL=runtime

FROM debian:12-slim
COPY --from=build /src/build/release/relay_*.deb /tmp/
RUN apt-get update \
    && apt-get install -y --no-install-recommends /tmp/relay_*.deb \
    && rm -rf /tmp/relay_*.deb /var/lib/apt/lists/* \
    && useradd --system --no-create-home --shell /usr/sbin/nologin relay
USER relay
WORKDIR /srv
ENV RELAY_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s CMD ["relay", "servers", "-timeout", "2"]
ENTRYPOINT ["relay", "-server"]
