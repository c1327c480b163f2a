package dev.sockreel.recorder.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.nlmsg.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NETLINK_SOCK_DIAG socket of the calling thread's network namespace. Each dump opens its own, so that the rest of a
 * stopped or failed dump is never taken for the next one's answer. Not thread-safe.
 *
 * <pre>
 *  struct msghdr (56 bytes)   0 msg_name  8 msg_namelen  16 msg_iov  24 msg_iovlen  32 msg_control
 *                             40 msg_controllen  48 msg_flags
 *  struct iovec               0 iov_base  8 iov_len
 *  struct sockaddr_nl         0 nl_family  4 nl_pid  8 nl_groups
 *  struct pollfd              0 fd  4 events  6 revents
 * </pre>
 */
public final class NetlinkSocket implements AutoCloseable {
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int SOL_SOCKET = 1;
    /** Socket option of uapi/asm-generic/socket.h, since Linux 5.14. */
    private static final int SO_NETNS_COOKIE = 71;
    /** Socket option of uapi/asm-generic/socket.h, since Linux 4.12. */
    private static final int SO_COOKIE = 57;

    private static final int SO_RCVBUF = 8;
    /** The same beyond net.core.rmem_max, with CAP_NET_ADMIN. */
    private static final int SO_RCVBUFFORCE = 33;
    /**
     * Groups 1 to 4 of uapi/linux/sock_diag.h: SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET_UDP_DESTROY,
     * SKNLGRP_INET6_TCP_DESTROY, SKNLGRP_INET6_UDP_DESTROY.
     */
    private static final int DESTROY_GROUPS = 0b1111;

    private static final int SOCKADDR_NL_BYTES = 12;
    private static final Pattern LINK = Pattern.compile("socket:\\[([0-9]{1,18})\\]");
    private static final int LINK_BYTES = 64;

    private final int fd;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment msghdr = arena.allocate(56, 8);
    private final MemorySegment iovec = arena.allocate(16, 8);
    private final MemorySegment sender = arena.allocate(SOCKADDR_NL_BYTES, 4);
    private final MemorySegment pollfd = arena.allocate(8, 4);

    private final OwnSockets.Own numbers;

    private NetlinkSocket(int fd) {
        this.fd = fd;
        msghdr.set(JAVA_LONG, 0, sender.address());
        msghdr.set(JAVA_LONG, 16, iovec.address());
        msghdr.set(JAVA_LONG, 24, 1);
        pollfd.set(JAVA_INT, 0, fd);
        pollfd.set(JAVA_SHORT, 4, (short) Syscalls.POLLIN);
        numbers = new OwnSockets.Own(inode(), cookie(SO_COOKIE));
    }

    public static NetlinkSocket open() throws SyscallException {
        int fd = Syscalls.socket(Syscalls.AF_NETLINK, Syscalls.SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
        if (fd < 0) {
            throw new SyscallException("socket", "NETLINK_SOCK_DIAG", -fd);
        }
        return new NetlinkSocket(fd);
    }

    /**
     * Joins the groups in which the kernel announces destroyed sockets, which can load inet_diag.
     *
     * @param bufferBytes size of the kernel's receive buffer; net.core.rmem_max bounds it without CAP_NET_ADMIN
     */
    public void joinDestroyGroups(int bufferBytes) throws SyscallException {
        if (option(SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes) < 0) {
            option(SOL_SOCKET, SO_RCVBUF, bufferBytes);
        }
        MemorySegment address = arena.allocate(SOCKADDR_NL_BYTES, 4);
        address.set(JAVA_SHORT, 0, (short) Syscalls.AF_NETLINK);
        address.set(JAVA_INT, 8, DESTROY_GROUPS);
        int bound = Syscalls.bind(fd, address);
        if (bound < 0) {
            throw failed("bind", -bound);
        }
    }

    private int option(int level, int name, int number) {
        MemorySegment value = arena.allocateFrom(JAVA_INT, number);
        return Syscalls.setsockopt(fd, level, name, value);
    }

    /** Returns an exception for a call on this socket that failed. */
    public SyscallException failed(String operation, int errno) {
        return new SyscallException(operation, "", errno);
    }

    public void send(byte[] request) throws SyscallException {
        MemorySegment bytes = arena.allocate(request.length, 4);
        MemorySegment.copy(request, 0, bytes, JAVA_BYTE, 0, request.length);
        int sent = Syscalls.send(fd, bytes, 0);
        if (sent < 0) {
            throw new SyscallException("send", "", -sent);
        }
    }

    /**
     * Receives one datagram into the slot, without waiting. MSG_TRUNC is passed in, so that the call returns the true
     * length even of a datagram that was cut. MSG_PEEK is not used, because a peek advances the dump, too.
     *
     * @return 0, or -errno: -EAGAIN when there is no datagram (yet)
     */
    public int receive(ReceiveSlot slot) {
        msghdr.set(JAVA_INT, 8, SOCKADDR_NL_BYTES);
        msghdr.set(JAVA_INT, 48, 0);
        iovec.set(JAVA_LONG, 0, slot.memory.address());
        iovec.set(JAVA_LONG, 8, slot.capacityBytes);
        int got = Syscalls.recvmsg(fd, msghdr, Syscalls.MSG_TRUNC | Syscalls.MSG_DONTWAIT);
        if (got < 0) {
            return got;
        }
        slot.trueLength = got;
        slot.length = Math.min(got, slot.capacityBytes);
        slot.msgFlags = msghdr.get(JAVA_INT, 48);
        slot.senderPid = sender.get(JAVA_INT, 4);
        return 0;
    }

    /** Waits until a datagram can be received or the time is over. */
    public void await(int timeoutMs) throws SyscallException {
        int got = Syscalls.poll(pollfd, 1, timeoutMs);
        if (got < 0 && got != -Errno.EINTR) {
            throw new SyscallException("poll", "", -got);
        }
    }

    /** Returns its inode and cookie, by which dumps list it; each 0 where it is unknown. */
    public OwnSockets.Own numbers() {
        return numbers;
    }

    /** Returns the inode, from the link "socket:[INODE]"; 0 where /proc does not tell. */
    private long inode() {
        MemorySegment link = arena.allocate(LINK_BYTES);
        int length = Syscalls.readlink("/proc/self/fd/" + fd, link);
        if (length <= 0) {
            return 0;
        }
        Matcher text = LINK.matcher(new String(link.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.US_ASCII));
        return text.matches() ? Long.parseLong(text.group(1)) : 0;
    }

    /** Returns SO_NETNS_COOKIE of the socket's namespace; 0 where the kernel has none. */
    public long netnsCookie() {
        return cookie(SO_NETNS_COOKIE);
    }

    private long cookie(int option) {
        MemorySegment value = arena.allocate(8, 8);
        MemorySegment length = arena.allocate(4, 4);
        length.set(JAVA_INT, 0, 8);
        return Syscalls.getsockopt(fd, SOL_SOCKET, option, value, length) < 0 ? 0 : value.get(JAVA_LONG, 0);
    }

    @Override
    public void close() {
        Syscalls.close(fd);
        arena.close();
    }
}
