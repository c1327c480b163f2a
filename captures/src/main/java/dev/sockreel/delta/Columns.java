package dev.sockreel.delta;

/** Columns in one direction, written or read, so that the same code does both. A reader ignores the values given. */
abstract class Columns {
    abstract boolean isWriting();

    abstract boolean flag(int column, boolean set) throws BadColumnsException;

    /** Lets the next flag begin a byte. */
    abstract void align(int column) throws BadColumnsException;

    abstract long number(int column, long value) throws BadColumnsException;

    /** A number that must lie in a range, both ends included. */
    abstract int number(int column, int value, int least, int most) throws BadColumnsException;

    abstract byte[] bytes(int column, byte[] value, int length) throws BadColumnsException;

    /** Fails where a reader has fewer bytes left: what they state must not allocate more. */
    abstract void require(int column, int bytes) throws BadColumnsException;

    /** Columns that are written. */
    static final class Writing extends Columns {
        private final ColumnWriter out;

        Writing(ColumnWriter out) {
            this.out = out;
        }

        @Override
        boolean isWriting() {
            return true;
        }

        @Override
        boolean flag(int column, boolean set) {
            out.flag(column, set);
            return set;
        }

        @Override
        void align(int column) {
            out.alignFlags(column);
        }

        @Override
        long number(int column, long value) {
            out.number(column, value);
            return value;
        }

        @Override
        int number(int column, int value, int least, int most) {
            out.number(column, value);
            return value;
        }

        @Override
        byte[] bytes(int column, byte[] value, int length) {
            out.bytes(column, value, 0, length);
            return value;
        }

        @Override
        void require(int column, int bytes) {
            // a writer makes them
        }
    }

    /** Columns that are read. */
    static final class Reading extends Columns {
        private final ColumnReader in;

        Reading(ColumnReader in) {
            this.in = in;
        }

        @Override
        boolean isWriting() {
            return false;
        }

        @Override
        boolean flag(int column, boolean set) throws BadColumnsException {
            return in.flag(column);
        }

        @Override
        void align(int column) throws BadColumnsException {
            in.alignFlags(column);
        }

        @Override
        long number(int column, long value) throws BadColumnsException {
            return in.number(column);
        }

        @Override
        int number(int column, int value, int least, int most) throws BadColumnsException {
            return in.number(column, least, most);
        }

        @Override
        byte[] bytes(int column, byte[] value, int length) throws BadColumnsException {
            if (length == 0) {
                // there may be no such column
                return new byte[0];
            }
            require(column, length);
            byte[] bytes = new byte[length];
            in.bytes(column, bytes, 0, length);
            return bytes;
        }

        @Override
        void require(int column, int bytes) throws BadColumnsException {
            if (bytes > in.left(column)) {
                throw new BadColumnsException(
                        bytes + " bytes are stated, but column " + column + " has " + in.left(column));
            }
        }
    }
}
