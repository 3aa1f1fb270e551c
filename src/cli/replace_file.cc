#include "cli/replace_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace relay::cli {
namespace {

Error cannot_write(const std::string& path, const std::string& why) {
  return {Errc::kIo, "cannot write " + path + ": " + why};
}

// What the name leads to, through symbolic links.
std::string target_of(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : std::string();
}

// A file beside the target, which takes its place or goes away.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target) {
    const std::size_t slash = target.rfind('/') + 1;
    path_ = target.substr(0, slash) + "." + target.substr(slash) + ".XXXXXX";
    descriptor_ = mkstemp(path_.data());
  }
  ~TemporaryFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (exists_ && descriptor_ >= 0) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // False with errno set, as write(2).
  [[nodiscard]] bool fill(std::string_view text, const struct stat& like) {
    if (descriptor_ < 0) return false;
    // Only the superuser may give files away; for all others the owner is their own.
    if (fchown(descriptor_, like.st_uid, like.st_gid) != 0 && errno != EPERM) return false;
    if (fchmod(descriptor_, like.st_mode & 07777) != 0) return false;
    while (!text.empty()) {
      const ssize_t count = write(descriptor_, text.data(), text.size());
      if (count < 0 && errno != EINTR) return false;
      if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return fsync(descriptor_) == 0;
  }

  [[nodiscard]] bool take_place_of(const std::string& target) {
    exists_ = rename(path_.c_str(), target.c_str()) != 0;
    return !exists_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool exists_ = true;
};

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view text) {
  const std::string target = target_of(path);
  struct stat status {};
  if (target.empty() || stat(target.c_str(), &status) != 0) return cannot_write(path, std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return cannot_write(path, "it is no regular file");
  if (access(target.c_str(), W_OK) != 0) return cannot_write(path, std::strerror(errno));
  TemporaryFile file(target);
  if (!file.fill(text, status) || !file.take_place_of(target)) return cannot_write(path, std::strerror(errno));
  return {};
}

}  // namespace relay::cli
