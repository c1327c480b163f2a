package dev.sockreel.recorder;

/**
 * Some filled slots on their way to the writing thread: it is woken once for all of them.
 */
final class SlotBatch implements SpoolItem {
    static final int SLOTS = 8;

    private final ReceiveSlot[] slots = new ReceiveSlot[SLOTS];
    private int count;

    void add(ReceiveSlot slot) {
        slots[count++] = slot;
    }

    boolean isFull() {
        return count == SLOTS;
    }

    int count() {
        return count;
    }

    ReceiveSlot slot(int index) {
        return slots[index];
    }
}
