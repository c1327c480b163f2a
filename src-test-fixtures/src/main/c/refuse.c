/*
 * refuse: runs a command in which one system call fails, as in a sandbox or on another file system.
 *
 *   refuse netlink COMMAND ARG...   socket(AF_NETLINK, ...), with EPERM
 *   refuse send COMMAND ARG...      sendto(...), which send(2) becomes, with EPERM
 *   refuse lock COMMAND ARG...      fcntl(..., F_OFD_SETLK, ...), with EINVAL
 *
 * Exit codes: 2 usage, 3 no seccomp here, otherwise the command's own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW_WORD 0
#else
#define LOW_WORD 4
#endif

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ONLY_IF(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))

static int install(struct sock_filter *filter, unsigned short length)
{
    struct sock_fprog program = {.len = length, .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

static int refuse_netlink(void)
{
    struct sock_filter filter[] = {
        LOAD(offsetof(struct seccomp_data, nr)),
        ONLY_IF(__NR_socket, 3),
        LOAD(offsetof(struct seccomp_data, args[0]) + LOW_WORD),
        ONLY_IF(AF_NETLINK, 1),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(filter, sizeof(filter) / sizeof(filter[0]));
}

static int refuse_send(void)
{
    struct sock_filter filter[] = {
        LOAD(offsetof(struct seccomp_data, nr)),
        ONLY_IF(__NR_sendto, 1),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(filter, sizeof(filter) / sizeof(filter[0]));
}

static int refuse_lock(void)
{
    struct sock_filter filter[] = {
        LOAD(offsetof(struct seccomp_data, nr)),
        ONLY_IF(__NR_fcntl, 3),
        LOAD(offsetof(struct seccomp_data, args[1]) + LOW_WORD),
        ONLY_IF(F_OFD_SETLK, 1),
        ANSWER(SECCOMP_RET_ERRNO | EINVAL),
        ANSWER(SECCOMP_RET_ALLOW),
    };
    return install(filter, sizeof(filter) / sizeof(filter[0]));
}

int main(int argc, char **argv)
{
    const char *call = argc > 2 ? argv[1] : "";
    int (*refuse)(void) = strcmp(call, "netlink") == 0 ? refuse_netlink
        : strcmp(call, "send") == 0                    ? refuse_send
        : strcmp(call, "lock") == 0                    ? refuse_lock
                                                       : NULL;
    if (!refuse) {
        fprintf(stderr, "refuse netlink|send|lock COMMAND ARG...\n");
        return 2;
    }
    if (refuse()) {
        perror("seccomp");
        return 3;
    }
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 3;
}
