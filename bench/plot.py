"""A line chart as SVG: time over size, the sizes on a logarithmic axis."""
import math

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 300, 70, 40, 30, 20


def tick(most):
    """A round distance of lines, of which four to ten reach `most`."""
    power = 10 ** math.floor(math.log10(most / 4))
    return max(step * power for step in (1, 2, 5) if step * power <= most / 4)


def plot(x_name, y_name, points):
    """`points`: pairs of size and value, at least two sizes."""
    sizes, values = [x for x, _ in points], [y for _, y in points]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))
    distance = tick(max(values) * 1.25)
    lines = math.ceil(max(values) * 1.25 / distance)
    most = lines * distance

    def place(size, value):
        x = LEFT + (math.log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT)
        return x, HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP)

    def text(x, y, words, anchor="middle"):
        return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{words}</text>'

    def line(x1, y1, x2, y2):
        return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ccc"/>'

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
             'font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
             text(LEFT, 18, y_name), text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, f"{x_name} (logarithmic)")]
    for step in range(lines + 1):
        y = place(min(sizes), distance * step)[1]
        parts += [line(LEFT, y, WIDTH - RIGHT, y), text(LEFT - 6, y + 4, f"{distance * step:.3g}", "end")]
    corners = [place(*point) for point in points]
    parts += [text(x, HEIGHT - BOTTOM + 16, f"{size:,}") for size, (x, _) in zip(sizes, corners)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    parts.append(f'<polyline points="{path}" fill="none" stroke="#06c" stroke-width="2"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#06c"/>' for x, y in corners]
    return "\n".join(parts) + "\n</svg>\n"
