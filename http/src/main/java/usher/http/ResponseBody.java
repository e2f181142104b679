package usher.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.session.Step;

/// The body of a response. What it holds open is closed once, whatever becomes of the response:
/// sent, replaced, or lost with its connection.
public sealed interface ResponseBody {
  /// The [#length] of a body that is not known before it has been sent.
  long UNKNOWN = -1;

  /// Bytes to be sent, or [#UNKNOWN].
  long length();

  /// Closes what this body holds open. Called by the session.
  default void close() throws IOException {}

  /// No body.
  enum Empty implements ResponseBody {
    EMPTY;

    @Override
    public long length() {
      return 0;
    }
  }

  /// The bytes between position and limit of a buffer, which is neither copied nor changed: the
  /// same body may be sent many times, and by many threads.
  record Bytes(ByteBuffer bytes) implements ResponseBody {
    @Override
    public long length() {
      return bytes.remaining();
    }
  }

  /// A part of a file. A file that becomes too short while it is sent ends the connection.
  ///
  /// @param owner closed after use: the file itself, where this body owns it
  record FileRegion(FileChannel file, long offset, long length, @Nullable Closeable owner)
      implements ResponseBody {
    public FileRegion {
      if (offset < 0 || length < 0) {
        throw new IllegalArgumentException("no region: " + length + " bytes at " + offset);
      }
    }

    @Override
    public void close() throws IOException {
      if (owner != null) {
        owner.close();
      }
    }
  }

  /// Bodies one after the other, each of known length, such as the parts of `multipart/byteranges`.
  record Sequence(List<ResponseBody> parts) implements ResponseBody {
    public Sequence {
      parts = List.copyOf(parts);
      for (ResponseBody part : parts) {
        if (part.length() == UNKNOWN) {
          throw new IllegalArgumentException("a part of unknown length");
        }
      }
    }

    @Override
    public long length() {
      long length = 0;
      for (ResponseBody part : parts) {
        length = Math.addExact(length, part.length());
      }
      return length;
    }

    @Override
    public void close() throws IOException {
      @Nullable IOException failure = null;
      for (ResponseBody part : parts) {
        try {
          part.close();
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  /// A body that is pulled as fast as the client takes it. Sent with `Content-Length` where the
  /// length is known, else chunked, or to an HTTP/1.0 client until the connection closes. A throw
  /// resets the connection, for the head has been sent by then.
  non-sealed interface Source extends ResponseBody {
    /// Puts the next bytes into the buffer, at least one.
    ///
    /// @return how many, or -1 at the end
    int pull(ByteBuffer into) throws IOException;

    /// What [#pull] may do to its thread: [Step.Kind#INLINE] or [Step.Kind#BLOCKING].
    default Step.Kind kind() {
      return Step.Kind.BLOCKING;
    }

    @Override
    default long length() {
      return UNKNOWN;
    }
  }
}
