package usher.server.process;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// What a child tells its parent.
///
/// All children write into one pipe. A note is one `write` of at most [#MOST] bytes, which a pipe
/// never mixes with another and never cuts, even when the writer is killed.
///
/// @param child the process that it is about
/// @param number the connection, or a figure
record Note(Kind kind, int child, long number, List<String> texts) {
  /// `PIPE_BUF` of Linux.
  static final int MOST = 4_096;

  /// The kind's name with its length, child, number, how many texts.
  private static final int HEAD = 2 + 16 + 4 + 8 + 1;

  enum Kind {
    /// It accepts from now on.
    READY,
    /// It, and each of its loops, is alive.
    ALIVE,
    /// A connection: remote, host, local.
    ACCEPTED,
    /// A connection's end: the kind of cause and what was thrown.
    CLOSED,
    /// A connection failed: what was thrown. Number 0 is a datagram: remote, host, local behind it.
    FAILED,
    /// The same, and it was the peer who broke the protocol: how.
    PEER_BROKE,
    /// The same, and it was our side: what was thrown.
    WE_BROKE,
    /// The one datagram of this process: remote, host, local.
    RECEIVED,
    /// It is over.
    HANDLED,
    /// So many datagrams were dropped: why the first was; remote, host, local of its sender.
    DROPPED,
    BROKEN,
    REFUSED,
    ACCEPT_FAILED,
    /// A connection held its loop: nanoseconds, remote.
    HELD,
    /// A handler holds its thread: nanoseconds; remote, host, whether a loop, thread and task;
    /// stack.
    BLOCKED,
    /// A loop does not come back: whose handler holds it, and where.
    HELD_UP,
    /// From the parent to itself: the process has ended; number is its status.
    GONE,
    /// From the parent to itself: nothing more will come.
    END
  }

  Note {
    int room = (MOST - HEAD) / Math.max(1, texts.size());
    texts = texts.stream().map(text -> cut(text, room)).toList();
  }

  Note(Kind kind, int child, long number, String... texts) {
    this(kind, child, number, List.of(texts));
  }

  /// As much of it as its share of the note holds: two bytes of length, then up to three for each
  /// character.
  private static String cut(String text, int room) {
    int bytes = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c > 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      if (bytes > room) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  String text(int index) {
    return index < texts.size() ? texts.get(index) : "";
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(kind.name());
      out.writeInt(child);
      out.writeLong(number);
      out.writeByte(texts.size());
      for (String text : texts) {
        out.writeUTF(text);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /// Reads the next one; an [Kind#END] at the end of the pipe.
  static Note read(DataInputStream in) throws IOException {
    Kind kind;
    try {
      kind = Kind.valueOf(in.readUTF());
    } catch (EOFException end) {
      return new Note(Kind.END, 0, 0);
    }
    int child = in.readInt();
    long number = in.readLong();
    int count = in.readUnsignedByte();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return new Note(kind, child, number, texts);
  }
}
