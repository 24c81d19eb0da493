/* Preloaded into the program: sees every call by which it changes files below one folder, numbers
 * and records it, and makes one of them go wrong. It sees what goes through the C library.
 *
 *   SHIM_FOLDER    the folder; without it, nothing is seen
 *   SHIM_RECORD    a file to which every call is appended, see `tell`
 *   SHIM_AT        the number of the call that goes wrong, from 1
 *   SHIM_FAULT     how: "kill" (before the call), "tear" (a write is done in part, then killed),
 *                  "short" (a write is done in part and says so), "fail" (not done),
 *                  "late" (done, but said to have failed), "stop" (the process is stopped before
 *                  the call; only then, changes of locks are calls as well)
 *   SHIM_ERROR     the error number of a call that fails
 *   SHIM_PART      percent of a write that are done; at least a byte is done and a byte is not
 *   SHIM_KINDS     only these kinds of calls go wrong, see `tell`
 *   SHIM_LASTING   set: all later calls go wrong as well
 *   SHIM_WEAKEN    the parts of the program's protocol to take away, see `weakened`
 *
 * Wherever the files are:
 *
 *   SHIM_CLOCK     the time of day, in seconds since 1970
 *   SHIM_THREADS   "none": no thread can be started
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum verdict { CARRY_OUT, REFUSE, CLAIM_FAILURE, TEAR, SHORTEN };

static const char *folder;
static size_t folder_length;
static int record = -1;
static unsigned long at, number;
static const char *fault, *kinds, *weaken;
static int error, part, lasting, is_acknowledged;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

__attribute__((constructor)) static void start(void) {
    const char *path = setting("SHIM_RECORD");
    folder = setting("SHIM_FOLDER");
    folder_length = strlen(folder);
    fault = setting("SHIM_FAULT");
    kinds = setting("SHIM_KINDS");
    weaken = setting("SHIM_WEAKEN");
    at = strtoul(setting("SHIM_AT"), NULL, 10);
    error = atoi(setting("SHIM_ERROR"));
    part = atoi(setting("SHIM_PART"));
    lasting = *setting("SHIM_LASTING") != 0;
    if (*path) record = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* A program that hangs is ended by the alarm, which nothing else does. */
    if (folder_length) alarm(60);
}

static int is_inside(const char *path) {
    return folder_length && !strncmp(path, folder, folder_length) &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

static const char *full(int at_fd, const char *path, char *room) {
    char link[64];
    ssize_t length;
    if (*path == '/') return path;
    if (at_fd == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", at_fd);
    length = readlink(link, room, PATH_MAX - 1);
    if (length < 0) return path;
    snprintf(room + length, PATH_MAX - length, "/%s", path);
    return room;
}

/* Whether an open file is below the folder; if so, what it is. */
static int look(int fd, char *path, struct stat *status) {
    char link[64];
    ssize_t length;
    int saved = errno, found;
    if (!folder_length) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, PATH_MAX - 1);
    if (length > 0) path[length] = 0;
    found = length > 0 && is_inside(path) && !fstat(fd, status);
    errno = saved;
    return found;
}

struct head {
    uint64_t number, inode, offset;
    uint32_t path, other, data;
    int32_t error;
    uint32_t kind;
    uint32_t unused;
};

/* Kinds: o opened for writing, n made and opened, w write, t truncate, s sync, f sync of a folder,
 * r rename, l link, u unlink, m make a folder, d remove a folder, k lock or unlock; a: said on
 * standard output. */
static void tell(char kind, int failed, uint64_t inode, uint64_t offset, const char *path, const char *other,
                 const void *data, size_t length) {
    struct head head = {number, inode, offset, strlen(path), strlen(other), length, failed, kind, 0};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other}, {(void *)data, length}};
    int saved = errno;
    if (record >= 0) syscall(SYS_writev, record, parts, 4);
    errno = saved;
}

static enum verdict judge(char kind) {
    number++;
    if (!at || number < at || (number > at && !lasting) || (*kinds && !strchr(kinds, kind))) return CARRY_OUT;
    if (!strcmp(fault, "kill")) raise(SIGKILL);
    if (!strcmp(fault, "stop")) raise(SIGSTOP);
    if (!strcmp(fault, "fail")) return REFUSE;
    if (!strcmp(fault, "late")) return CLAIM_FAILURE;
    if (kind != 'w') return CARRY_OUT;
    return !strcmp(fault, "tear") ? TEAR : !strcmp(fault, "short") ? SHORTEN : CARRY_OUT;
}

/* Carries out a call as it is judged, and says how it went: 0 or the error of the call itself. */
#define ATTEMPT(verdict, call, result, failed)                                                                         \
    do {                                                                                                               \
        if ((verdict) == REFUSE) errno = error;                                                                        \
        else (result) = (call);                                                                                        \
        (failed) = (result) < 0 ? errno : 0;                                                                           \
    } while (0)

static long conclude(enum verdict verdict, long result) {
    if (verdict == CLAIM_FAILURE && result >= 0) {
        errno = error;
        result = -1;
    }
    pthread_mutex_unlock(&turn);
    return result;
}

static int ends_with(const char *path, const char *end) {
    size_t length = strlen(path), end_length = strlen(end);
    return length >= end_length && !strcmp(path + length - end_length, end);
}

/* What can be taken away, by name: sync-log, sync-wal, sync-book, sync-draft, sync-folder (the call
 * says that it was done), offsets (lines go to the log's end, wherever they belong), rename (the
 * file is copied instead). */
static int weakened(const char *what) { return strstr(weaken, what) != NULL; }

static int is_sync_weakened(const char *path, int is_folder) {
    if (is_folder) return weakened("sync-folder");
    return (ends_with(path, ".audit.jsonl") && weakened("sync-log")) || (ends_with(path, "-wal") && weakened("sync-wal")) ||
           (ends_with(path, ".db") && weakened("sync-book")) || (ends_with(path, ".new") && weakened("sync-draft"));
}

static size_t in_part(size_t length) {
    size_t done = length * part / 100;
    return length < 2 ? 0 : done < 1 ? 1 : done >= length ? length - 1 : done;
}

static ssize_t change(int fd, const char *path, const struct stat *status, const void *data, size_t length, int64_t offset) {
    enum verdict verdict;
    ssize_t result = -1;
    int failed, is_positioned = offset >= 0;
    pthread_mutex_lock(&turn);
    verdict = judge('w');
    if (verdict == TEAR || verdict == SHORTEN) length = in_part(length);
    if (!is_positioned) {
        int is_moved = (fcntl(fd, F_GETFL) & O_APPEND) || (ends_with(path, ".audit.jsonl") && weakened("offsets"));
        offset = syscall(SYS_lseek, fd, 0, is_moved ? SEEK_END : SEEK_CUR);
    }
    ATTEMPT(verdict, is_positioned ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length),
            result, failed);
    tell('w', failed, status->st_ino, offset, path, "", data, result > 0 ? result : 0);
    if (verdict == TEAR) raise(SIGKILL);
    return conclude(verdict, result);
}

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    struct stat status;
    if (fd == STDOUT_FILENO && record >= 0 && !is_acknowledged) {
        is_acknowledged = 1;
        tell('a', 0, 0, 0, "", "", NULL, 0);
    }
    return look(fd, path, &status) ? change(fd, path, &status, data, length, -1) : syscall(SYS_write, fd, data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    char path[PATH_MAX];
    struct stat status;
    return look(fd, path, &status) ? change(fd, path, &status, data, length, offset)
                                   : syscall(SYS_pwrite64, fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    struct stat status;
    if (!look(fd, path, &status)) return syscall(SYS_writev, fd, parts, count);
    /* As many bytes as the first part has are fewer than asked for, which every caller reckons with. */
    return count ? change(fd, path, &status, parts->iov_base, parts->iov_len, -1) : 0;
}

/* The library's way to copy a file is left to plain writes. */
ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t length, unsigned flags) {
    char path[PATH_MAX];
    struct stat status;
    if (!look(to, path, &status)) return syscall(SYS_copy_file_range, from, from_offset, to, to_offset, length, flags);
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
    char path[PATH_MAX];
    struct stat status;
    if (!look(to, path, &status)) return syscall(SYS_sendfile, to, from, offset, length);
    errno = EINVAL;
    return -1;
}

static int sync_file(int fd, long call) {
    char path[PATH_MAX];
    struct stat status;
    enum verdict verdict;
    int failed, is_weakened;
    long result = -1;
    char kind;
    if (!look(fd, path, &status)) return syscall(call, fd);
    kind = S_ISDIR(status.st_mode) ? 'f' : 's';
    pthread_mutex_lock(&turn);
    verdict = judge(kind);
    is_weakened = is_sync_weakened(path, kind == 'f');
    ATTEMPT(verdict, is_weakened ? 0 : syscall(call, fd), result, failed);
    tell(kind, is_weakened ? ENOSYS : failed, status.st_ino, 0, path, "", NULL, 0);
    return conclude(verdict, result);
}

int fsync(int fd) { return sync_file(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    struct stat status;
    enum verdict verdict;
    int failed;
    long result = -1;
    if (!look(fd, path, &status)) return syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&turn);
    verdict = judge('t');
    ATTEMPT(verdict, syscall(SYS_ftruncate, fd, length), result, failed);
    tell('t', failed, status.st_ino, length, path, "", NULL, 0);
    return conclude(verdict, result);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int open_file(int at_fd, const char *name, int flags, mode_t mode) {
    char room[PATH_MAX];
    const char *path = full(at_fd, name, room);
    struct stat status = {0};
    enum verdict verdict;
    int failed, was_there;
    long result = -1;
    if (!is_inside(path) || ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT)))
        return syscall(SYS_openat, at_fd, name, flags, mode);
    pthread_mutex_lock(&turn);
    was_there = !lstat(path, &status);
    verdict = judge('o');
    ATTEMPT(verdict, syscall(SYS_openat, at_fd, name, flags, mode), result, failed);
    if (result >= 0) fstat(result, &status);
    tell(result >= 0 && !was_there ? 'n' : 'o', failed, status.st_ino, 0, path, "", NULL, 0);
    if (result >= 0 && was_there && (flags & O_TRUNC)) tell('t', 0, status.st_ino, 0, path, "", NULL, 0);
    if (verdict == CLAIM_FAILURE && result >= 0) syscall(SYS_close, result);
    return conclude(verdict, result);
}

#define WITH_MODE(flags, call)                                                                                         \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                           \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }                                                                                                                  \
    return call

int open(const char *path, int flags, ...) { WITH_MODE(flags, open_file(AT_FDCWD, path, flags, mode)); }
int open64(const char *path, int flags, ...) { WITH_MODE(flags, open_file(AT_FDCWD, path, flags, mode)); }
int openat(int at_fd, const char *path, int flags, ...) { WITH_MODE(flags, open_file(at_fd, path, flags, mode)); }
int openat64(int at_fd, const char *path, int flags, ...) { WITH_MODE(flags, open_file(at_fd, path, flags, mode)); }

/* A change of names: of one, or from one to another. */
#define NAMES(kind, path, other, call)                                                                                 \
    do {                                                                                                               \
        enum verdict verdict;                                                                                          \
        int failed;                                                                                                    \
        long result = -1;                                                                                              \
        if (!is_inside(path) && !is_inside(other)) return call;                                                        \
        pthread_mutex_lock(&turn);                                                                                     \
        verdict = judge(kind);                                                                                         \
        ATTEMPT(verdict, call, result, failed);                                                                        \
        tell(kind, failed, 0, 0, path, other, NULL, 0);                                                                \
        return conclude(verdict, result);                                                                              \
    } while (0)

static int copy_instead(const char *from, const char *to) {
    char block[4096];
    ssize_t length = 0;
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    while (in >= 0 && out >= 0 && (length = read(in, block, sizeof block)) > 0)
        if (write(out, block, length) != length) length = -1;
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    return in < 0 || out < 0 || length < 0 ? -1 : unlink(from);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags) {
    char room[PATH_MAX], other_room[PATH_MAX];
    const char *path = full(from_fd, from, room), *other = full(to_fd, to, other_room);
    if (weakened("rename") && is_inside(path)) return copy_instead(path, other);
    NAMES('r', path, other, syscall(SYS_renameat2, from_fd, from, to_fd, to, flags));
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) { return renameat2(from_fd, from, to_fd, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags) {
    char room[PATH_MAX], other_room[PATH_MAX];
    const char *path = full(from_fd, from, room), *other = full(to_fd, to, other_room);
    NAMES('l', path, other, syscall(SYS_linkat, from_fd, from, to_fd, to, flags));
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at_fd, const char *name, int flags) {
    char room[PATH_MAX];
    const char *path = full(at_fd, name, room);
    NAMES(flags & AT_REMOVEDIR ? 'd' : 'u', path, "", syscall(SYS_unlinkat, at_fd, name, flags));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int at_fd, const char *name, mode_t mode) {
    char room[PATH_MAX];
    const char *path = full(at_fd, name, room);
    NAMES('m', path, "", syscall(SYS_mkdirat, at_fd, name, mode));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

static int change_lock(int fd, long call, long first, void *second) {
    char path[PATH_MAX];
    struct stat status;
    if (!strcmp(fault, "stop") && look(fd, path, &status)) {
        pthread_mutex_lock(&turn);
        judge('k');
        pthread_mutex_unlock(&turn);
    }
    return syscall(call, fd, first, second);
}

int fcntl64(int fd, int command, ...) {
    void *argument;
    va_list rest;
    va_start(rest, command);
    argument = va_arg(rest, void *);
    va_end(rest);
    if (command == F_SETLK || command == F_SETLKW) return change_lock(fd, SYS_fcntl, command, argument);
    return syscall(SYS_fcntl, fd, command, argument);
}

int fcntl(int fd, int command, ...) {
    void *argument;
    va_list rest;
    va_start(rest, command);
    argument = va_arg(rest, void *);
    va_end(rest);
    return fcntl64(fd, command, argument);
}

int flock(int fd, int operation) { return change_lock(fd, SYS_flock, operation, NULL); }

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    const char *shown = setting("SHIM_CLOCK");
    if (!result && clock == CLOCK_REALTIME && *shown) time->tv_sec = strtol(shown, NULL, 10);
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *), void *argument) {
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!strcmp(setting("SHIM_THREADS"), "none")) return EAGAIN;
    *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    return create(thread, attributes, work, argument);
}
