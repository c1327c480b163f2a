package dev.sockreel.cause;

import static dev.sockreel.detector.Story.ORDER;
import static dev.sockreel.detector.Story.tcp;
import static dev.sockreel.detector.Story.tcpWithoutInfo;
import static dev.sockreel.verdict.WrittenCapture.process;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.detector.Story;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.snapshot.Owner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is accused, who hangs, who waits for whom, and how sure that is. */
class CauseStoriesTest {
    private static final int POLL = 7;
    private static final Owners.Holder READER = process(7, "reader", 'S', 100);
    private static final Owners.Holder WRITER = process(8, "writer", 'S', 101);

    /** Returns the other end of {@link Story#tcp}, which has sent 9 bytes that were acknowledged. */
    private static InetDiagMsgBuilder otherEnd(long waits, long used) {
        return tcpWithoutInfo(0).local("127.0.0.1", 5000).remote("127.0.0.1", 80).cookie(2).inode(101)
                .queues(0, waits)
                .skmeminfo(0, 131072, 0, 65536, 0, used, 0, 0, 0)
                .info(TcpInfoBuilder.ofLength(232).set("tcpi_bytes_acked", 9).set("tcpi_snd_wnd",
                        waits > 0 ? 0 : 65536));
    }

    private static Cause only(Story story) {
        List<Cause> causes = story.causes();
        assertEquals(1, causes.size(), causes::toString);
        return causes.getFirst();
    }

    private static Victim victim(Cause cause) {
        assertEquals(List.of(8), cause.victims().stream().map(Victim::pid).toList());
        return cause.victims().getFirst();
    }

    /** Returns a story of a reader that does not read, and of its writer's threads. */
    private static Story writerIn(List<Integer> calls, long waits, long used) {
        Story story = Story.begin();
        for (int i = 0; i < calls.size(); i++) {
            story.at(i).tcp(tcp(9, 9), otherEnd(waits, used)).inCall(calls.get(i), 3, WRITER, READER);
        }
        return story;
    }

    @Test
    void whoIsSeenInSendIsBlocked() {
        Cause cause = only(writerIn(List.of(Story.SENDTO, Story.SENDTO, Story.SENDTO), 5000, 70_000));
        assertEquals(true, victim(cause).blocked());
        assertEquals(What.NOT_READING + " " + Severity.CRITICAL, cause.what() + " " + cause.severity());
        assertEquals(Certainty.PROVED, cause.certainty());
        assertEquals(List.of(7), pids(cause));
    }

    @Test
    void whoDoesSomethingElseIsNot() {
        Cause cause = only(writerIn(List.of(Story.NANOSLEEP, Story.NANOSLEEP, Story.NANOSLEEP), 0, 0));
        assertEquals(false, victim(cause).blocked());
        assertEquals(Severity.WARNING, cause.severity());
    }

    /** One look of four is too few, and poll names no descriptor. */
    @Test
    void whoIsSeldomInSendOrPollsIsNotKnownToBeBlocked() {
        for (List<Integer> calls : List.of(
                List.of(Story.SENDTO, Story.NANOSLEEP, Story.NANOSLEEP, Story.NANOSLEEP),
                List.of(POLL, POLL, POLL))) {
            Cause cause = only(writerIn(calls, 5000, 70_000));
            assertNull(victim(cause).blocked(), cause::toString);
            assertEquals(Severity.WARNING, cause.severity());
        }
    }

    /** Snapshots that are alike count each: a sender fills its buffer for a while before it hangs. */
    @Test
    void whoHangsInMostSnapshotsIsBlocked() {
        Story story = Story.begin();
        for (int i = 0; i < 30; i++) {
            int filled = Math.min(i, 8);
            story.at(i).tcp(tcp(9, 9), otherEnd(5000 + 100 * filled, 70_000 + 100 * filled))
                    .inCall(i < 8 ? Story.NANOSLEEP : Story.SENDTO, 3, WRITER, READER);
        }
        Cause cause = only(story);
        assertEquals(true, victim(cause).blocked());
        assertEquals(Severity.CRITICAL, cause.severity());
    }

    @Test
    void withoutThreadsAFullSendBufferThatStandsStillDecides() {
        assertEquals(true, victim(only(withoutThreads(70_000))).blocked());
        assertNull(victim(only(withoutThreads(6_000))).blocked());
    }

    private static Story withoutThreads(long used) {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i).tcp(tcp(9, 9), otherEnd(5000, used)).owners(READER, WRITER);
        }
        return story;
    }

    /** The descriptor may have changed hands since: the naming is less sure, the finding is not. */
    @Test
    void anOldLookUpOfOwnersMakesTheCauseLikely() {
        for (int scans : List.of(1, 5)) {
            Story story = Story.begin();
            for (int i = 0; i < 5; i++) {
                story.at(i).tcp(tcp(9, 9));
                if (i < scans) {
                    story.owners(READER);
                }
            }
            assertEquals(scans == 1 ? Certainty.LIKELY : Certainty.PROVED, only(story).certainty());
        }
    }

    /** One stop between busy times: it did not read then, and whoever waited was blocked; it is over. */
    @Test
    void whoReadsOnDidNotReadMeanwhile() {
        Cause cause = only(stopAfter(List.of(0, 0, 0)));
        assertEquals(What.NOT_READING + " " + Severity.WARNING, cause.what() + " " + cause.severity());
        assertEquals(true, cause.over());
        assertEquals(true, victim(cause).blocked());
        assertTrue(cause.sentence().contains("did not read at 127.0.0.1:80 for 4"), cause.sentence());
        assertTrue(cause.sentence().contains("then read on"), cause.sentence());
    }

    /** Data waited as long before: this reader pauses, and is slow. An empty queue is no pause. */
    @Test
    void whoPausesAgainAndAgainReadsSlowly() {
        assertEquals(What.SLOW_READING, only(stopAfter(List.of(9, 9, 9))).what());
    }

    /** Returns a reader that stops for four seconds, whose queue had these lengths before, at one read position. */
    private static Story stopAfter(List<Integer> before) {
        Story story = Story.begin();
        int second = 0;
        for (int queue : before) {
            story.at(second++).tcp(tcp(queue, 100 + queue), otherEnd(0, 0)).owners(READER, WRITER);
        }
        for (int i = 0; i < 5; i++) {
            story.at(second++).tcp(tcp(500, 1000), otherEnd(5000, 70_000)).inCall(Story.SENDTO, 3, WRITER, READER);
        }
        return story.at(second).tcp(tcp(0, 9000), otherEnd(0, 0)).owners(READER, WRITER);
    }

    /** Nothing is known of what nobody saw later. */
    @Test
    void itIsOverOnlyWhereItWasSeenToEnd() {
        assertEquals(false, only(writerIn(List.of(Story.SENDTO, Story.SENDTO, Story.SENDTO), 5000, 70_000)).over());
        Story gone = writerIn(List.of(Story.SENDTO, Story.SENDTO, Story.SENDTO), 5000, 70_000);
        assertNull(only(gone.at(3).tcp()).over());
    }

    /** A process that logs to its own full socket. */
    @Test
    void whoHangsOnItsOwnSocketWaitsForItself() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i)
                    .unix(datagrams(60, 0, 1, 720).name("/run/own".getBytes(UTF_8)),
                            datagrams(0, 768, 2, 721).peer(720))
                    .inCall(Story.SENDTO, 4, process(9, "logger", 'S', 720, 721));
        }
        Cause cause = only(story);
        assertTrue(cause.waitsForItself(), cause::toString);
        assertEquals(What.NOT_READING + " " + Severity.CRITICAL + " " + Certainty.LIKELY,
                cause.what() + " " + cause.severity() + " " + cause.certainty());
    }

    private static UnixDiagMsgBuilder datagrams(long unread, long waits, long cookie, long inode) {
        return UnixDiagMsgBuilder.in(ORDER).type(Uapi.SOCK_DGRAM).state(7).cookie(cookie).inode(inode).rqlen(unread,
                waits);
    }

    /** The call knows which listener it is; a full one of its kind is likely, and one with room is not. */
    @Test
    void whoHangsInAUnixConnectIsLikelyTheVictimOfAFullListener() {
        Cause cause = only(dialing(2));
        assertEquals(What.NOT_ACCEPTING + " " + Severity.CRITICAL + " " + List.of(7),
                cause.what() + " " + cause.severity() + " " + pids(cause));
        assertEquals(true, victim(cause).blocked());
        assertEquals(Certainty.LIKELY, victim(cause).certainty());
        assertEquals(1, cause.sockets());
        assertEquals(List.of(), dialing(1).causes());
    }

    private static Story dialing(int pending) {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            story.at(i)
                    .unix(UnixDiagMsgBuilder.in(ORDER).state(Uapi.TCP_LISTEN).cookie(1).inode(100).rqlen(pending, 1)
                            .name("/run/full".getBytes(UTF_8)),
                            UnixDiagMsgBuilder.in(ORDER).state(Uapi.TCP_CLOSE).cookie(2).inode(101))
                    .inCall(Story.CONNECT, 3, WRITER, READER);
        }
        return story;
    }

    /** A master and its workers hold the sockets: those that hold the most come first, then the youngest. */
    @Test
    void ofSeveralHoldersTheOneWithTheMostSocketsIsFirst() {
        Story story = Story.begin();
        for (int i = 0; i < 3; i++) {
            List<InetDiagMsgBuilder> sockets = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                sockets.add(tcp(9, 9).remote("127.0.0.1", 5000 + n).cookie(10 + n).inode(100L + n));
            }
            story.at(i).tcp(sockets.toArray(InetDiagMsgBuilder[]::new))
                    .owners(process(7, "master", 'S', 100, 101, 102), process(8, "worker", 'S', 100, 101, 102));
        }
        assertEquals(List.of(8, 7), pids(only(story)));
    }

    private static List<Integer> pids(Cause cause) {
        List<Owner> owners = cause.processes();
        return owners == null ? List.of() : owners.stream().map(Owner::pid).toList();
    }
}
