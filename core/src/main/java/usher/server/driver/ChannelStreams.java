package usher.server.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import usher.session.Session;

/// The two directions of a blocking connection as streams, for code that runs in place. A read
/// waits at most the idle time, a write at most the stall time without progress; then the
/// connection is cut and the code finds the channel closed.
final class ChannelStreams {
  private final BlockingStream connection;
  private final long idle;

  ChannelStreams(BlockingStream connection) {
    this.connection = connection;
    this.idle = connection.house.timeouts.idle().toNanos();
  }

  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
          return 0;
        }
        if (connection.inbox.size() > 0) {
          return connection.inbox.take(into, offset, length);
        }
        if (connection.inbox.ended()) {
          return -1;
        }
        int most = Math.min(length, BlockingStream.MOST_AT_ONCE);
        connection.due(connection.house.now() + idle);
        connection.stint.pause();
        int count = connection.read(ByteBuffer.wrap(into, offset, most));
        connection.stint.resume();
        connection.due(Session.NEVER);
        if (count < 0) {
          connection.inbox.end();
        } else {
          connection.came(count);
        }
        return count;
      }

      @Override
      public int available() {
        return connection.inbox.size();
      }
    };
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        connection.stint.pause();
        connection.send(ByteBuffer.wrap(from, offset, length));
        connection.stint.resume();
        connection.due(Session.NEVER);
      }
    };
  }
}
