package dev.sockreel.process;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the system calls in which threads wait (uapi/asm/unistd.h of each machine). The numbers from 403 on are
 * the same everywhere.
 */
enum Abi {
    X86_64("""
            0 read 1 write 2 open 3 close 7 poll 16 ioctl 17 pread64 18 pwrite64 19 readv 20 writev 23 select 34 pause
            35 nanosleep 40 sendfile 41 socket 42 connect 43 accept 44 sendto 45 recvfrom 46 sendmsg 47 recvmsg
            48 shutdown 49 bind 50 listen 54 setsockopt 55 getsockopt 59 execve 61 wait4 65 semop 69 msgsnd 70 msgrcv
            72 fcntl 73 flock 74 fsync 75 fdatasync 128 rt_sigtimedwait 130 rt_sigsuspend 162 sync 202 futex
            208 io_getevents 209 io_submit 219 restart_syscall 220 semtimedop 230 clock_nanosleep 232 epoll_wait
            233 epoll_ctl 242 mq_timedsend 243 mq_timedreceive 247 waitid 257 openat 270 pselect6 271 ppoll 275 splice
            276 tee 278 vmsplice 281 epoll_pwait 288 accept4 295 preadv 296 pwritev 299 recvmmsg 306 syncfs 307 sendmmsg
            326 copy_file_range 327 preadv2 328 pwritev2 333 io_pgetevents"""),
    I386("""
            0 restart_syscall 3 read 4 write 5 open 6 close 7 waitpid 11 execve 29 pause 36 sync 54 ioctl 55 fcntl
            72 sigsuspend 82 select 102 socketcall 114 wait4 117 ipc 118 fsync 142 _newselect 143 flock 145 readv
            146 writev 148 fdatasync 162 nanosleep 168 poll 177 rt_sigtimedwait 179 rt_sigsuspend 180 pread64
            181 pwrite64 187 sendfile 221 fcntl64 239 sendfile64 240 futex 247 io_getevents 248 io_submit 255 epoll_ctl
            256 epoll_wait 267 clock_nanosleep 279 mq_timedsend 280 mq_timedreceive 284 waitid 295 openat 308 pselect6
            309 ppoll 313 splice 315 tee 316 vmsplice 319 epoll_pwait 333 preadv 334 pwritev 337 recvmmsg 344 syncfs
            345 sendmmsg 359 socket 361 bind 362 connect 363 listen 364 accept4 365 getsockopt 366 setsockopt 369 sendto
            370 sendmsg 371 recvfrom 372 recvmsg 373 shutdown 377 copy_file_range 378 preadv2 379 pwritev2
            385 io_pgetevents"""),
    ARM("""
            0 restart_syscall 3 read 4 write 5 open 6 close 11 execve 29 pause 36 sync 54 ioctl 55 fcntl 72 sigsuspend
            114 wait4 118 fsync 142 _newselect 143 flock 145 readv 146 writev 148 fdatasync 162 nanosleep 168 poll
            177 rt_sigtimedwait 179 rt_sigsuspend 180 pread64 181 pwrite64 187 sendfile 221 fcntl64 239 sendfile64
            240 futex 245 io_getevents 246 io_submit 251 epoll_ctl 252 epoll_wait 265 clock_nanosleep 276 mq_timedsend
            277 mq_timedreceive 280 waitid 281 socket 282 bind 283 connect 284 listen 285 accept 289 send 290 sendto
            291 recv 292 recvfrom 293 shutdown 294 setsockopt 295 getsockopt 296 sendmsg 297 recvmsg 298 semop
            301 msgsnd 302 msgrcv 312 semtimedop 322 openat 335 pselect6 336 ppoll 340 splice 342 tee 343 vmsplice
            346 epoll_pwait 361 preadv 362 pwritev 365 recvmmsg 366 accept4 373 syncfs 374 sendmmsg 391 copy_file_range
            392 preadv2 393 pwritev2 399 io_pgetevents"""),
    /** uapi/asm-generic/unistd.h: aarch64, riscv, loongarch. */
    GENERIC("""
            2 io_submit 4 io_getevents 21 epoll_ctl 22 epoll_pwait 25 fcntl 29 ioctl 32 flock 56 openat 57 close 63 read
            64 write 65 readv 66 writev 67 pread64 68 pwrite64 69 preadv 70 pwritev 71 sendfile 72 pselect6 73 ppoll
            75 vmsplice 76 splice 77 tee 81 sync 82 fsync 83 fdatasync 95 waitid 98 futex 101 nanosleep
            115 clock_nanosleep 128 restart_syscall 133 rt_sigsuspend 137 rt_sigtimedwait 182 mq_timedsend
            183 mq_timedreceive 188 msgrcv 189 msgsnd 192 semtimedop 193 semop 198 socket 200 bind 201 listen 202 accept
            203 connect 206 sendto 207 recvfrom 208 setsockopt 209 getsockopt 210 shutdown 211 sendmsg 212 recvmsg
            221 execve 242 accept4 243 recvmmsg 260 wait4 267 syncfs 269 sendmmsg 285 copy_file_range 286 preadv2
            287 pwritev2 292 io_pgetevents""");

    private static final String EVERYWHERE = """
            407 clock_nanosleep_time64 413 pselect6_time64 414 ppoll_time64 416 io_pgetevents_time64 417 recvmmsg_time64
            418 mq_timedsend_time64 419 mq_timedreceive_time64 420 semtimedop_time64 421 rt_sigtimedwait_time64
            422 futex_time64 426 io_uring_enter 437 openat2 441 epoll_pwait2 449 futex_waitv 455 futex_wait""";

    private static final int EM_386 = 3;
    private static final int EM_ARM = 40;
    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;
    private static final int EM_RISCV = 243;
    private static final int EM_LOONGARCH = 258;

    private final Map<Integer, String> names = new HashMap<>();

    Abi(String numbersAndNames) {
        add(numbersAndNames);
        add(EVERYWHERE);
    }

    private void add(String numbersAndNames) {
        String[] words = numbersAndNames.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            names.put(Integer.valueOf(words[i]), words[i + 1]);
        }
    }

    /** Returns the ABI of programs with this e_machine (uapi/linux/elf-em.h); null for one without a table. */
    static @Nullable Abi of(int machine) {
        return switch (machine) {
            case EM_386 -> I386;
            case EM_ARM -> ARM;
            case EM_X86_64 -> X86_64;
            case EM_AARCH64, EM_RISCV, EM_LOONGARCH -> GENERIC;
            default -> null;
        };
    }

    /** Returns the name of a system call; null for one that is not in the table. */
    @Nullable
    String name(int number) {
        return names.get(number);
    }
}
