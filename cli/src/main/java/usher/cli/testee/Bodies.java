package usher.cli.testee;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import usher.http.RequestBody;
import usher.http.ResponseBody;
import usher.session.Step;

/// Bodies of any length that need little memory.
final class Bodies {
  private Bodies() {}

  /// The same bytes back.
  static ResponseBody same(RequestBody body) {
    return body.inMemory()
        ? new ResponseBody.Bytes(ByteBuffer.wrap(body.bytes()))
        : new Spooled(body.stream(), body.length());
  }

  /// So many letters in a chunked body; that at n is `a` plus n modulo 26.
  static ResponseBody letters(long count) {
    return new Letters(count);
  }

  /// A body that was too large for memory.
  private record Spooled(InputStream in, long length) implements ResponseBody.Source {
    @Override
    public int pull(ByteBuffer into) throws IOException {
      byte[] piece = new byte[into.remaining()];
      int count = in.read(piece);
      if (count > 0) {
        into.put(piece, 0, count);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static final class Letters implements ResponseBody.Source {
    private final long count;
    private long at;

    Letters(long count) {
      this.count = count;
    }

    @Override
    public int pull(ByteBuffer into) {
      if (at == count) {
        return -1;
      }
      int piece = (int) Math.min(into.remaining(), count - at);
      for (int i = 0; i < piece; i++) {
        into.put((byte) ('a' + at++ % 26));
      }
      return piece;
    }

    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }
  }
}
