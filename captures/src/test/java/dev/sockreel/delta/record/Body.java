package dev.sockreel.delta.record;

import dev.sockreel.capture.record.CaptureRecord;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Type and body of a record, as they are stored. */
record Body(int type, byte[] bytes) {
    static Body of(CaptureRecord record) {
        ByteBuf body = Unpooled.buffer();
        record.encode(body);
        return new Body(record.type(), ByteBufUtil.getBytes(body));
    }
}
