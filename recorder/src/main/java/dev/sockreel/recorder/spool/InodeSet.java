package dev.sockreel.recorder.spool;

/** A growing set of inodes above 0, of bounded size: 16 to 32 bytes an inode. Not thread-safe. */
public final class InodeSet {
    /** The most inodes that a set holds. */
    public static final int MAX_INODES = 131_072;

    private static final int MIN_SLOTS = 1024;

    private long[] slots = new long[MIN_SLOTS];
    private int size;

    /** Adds an inode; returns false when it is there or the set is full. */
    public boolean add(long inode) {
        int slot = slot(inode);
        if (slots[slot] == inode || isFull()) {
            return false;
        }
        slots[slot] = inode;
        if (++size > slots.length / 2) {
            grow();
        }
        return true;
    }

    public boolean contains(long inode) {
        return slots[slot(inode)] == inode;
    }

    public int size() {
        return size;
    }

    boolean isFull() {
        return size == MAX_INODES;
    }

    /** Returns the slot that holds an inode, or the empty one where it belongs. */
    private int slot(long inode) {
        int slot = (int) (inode * 0x9e3779b97f4a7c15L >>> 40) & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != inode) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long inode : old) {
            if (inode != 0) {
                slots[slot(inode)] = inode;
            }
        }
    }
}
