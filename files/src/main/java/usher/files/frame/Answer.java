package usher.files.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.FileEntry;
import usher.files.OpenFile;
import usher.session.Step;

/// What is sent for one request, step by step. Owned by its session.
abstract sealed class Answer implements AutoCloseable {
  /// What to send next, or null at the end.
  abstract @Nullable Step next();

  @Override
  public void close() {}

  static Answer words(String text) {
    return new Words(text);
  }

  static Answer entry(FileEntry entry) {
    return new Words(line(entry));
  }

  private static String line(FileEntry entry) {
    String checksum = entry.checksum().map(Checksum::hex).orElse("-");
    return "FILE " + entry.size() + " " + time(entry) + " " + checksum + " " + entry.name();
  }

  /// Without what differs from file system to file system.
  static String time(FileEntry entry) {
    return entry.modified().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /// One message.
  static final class Words extends Answer {
    private @Nullable String text;

    Words(String text) {
      this.text = text;
    }

    @Override
    @Nullable Step next() {
      String said = text;
      text = null;
      return said == null ? null : new Step.Write(ByteBuffer.wrap(Frame.of(said)));
    }
  }

  /// A message for each file, many of them in a write.
  static final class Listing extends Answer {
    private static final int GATHERED = 16 * 1024;

    private final Iterator<FileEntry> left;
    private final int count;
    private boolean ended;

    Listing(List<FileEntry> entries) {
      this.left = entries.iterator();
      this.count = entries.size();
    }

    @Override
    @Nullable Step next() {
      if (ended) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(GATHERED + 2 * (Frame.MOST + 2));
      while (left.hasNext() && bytes.position() < GATHERED) {
        bytes.put(Frame.of(line(left.next())));
      }
      if (!left.hasNext()) {
        bytes.put(Frame.of("END " + count));
        ended = true;
      }
      return new Step.Write(bytes.flip());
    }
  }

  /// What a file has from an offset on.
  static final class Contents extends Answer {
    private final OpenFile file;
    private final long offset;
    private final long count;
    private @Nullable String head;
    private boolean sent;

    Contents(OpenFile file, long offset, Checksum checksum) {
      FileEntry entry = file.entry();
      this.file = file;
      this.offset = offset;
      this.count = entry.size() - offset;
      this.head = "DATA " + count + " " + entry.size() + " " + time(entry) + " " + checksum;
      this.sent = count == 0;
    }

    @Override
    @Nullable Step next() {
      String words = head;
      if (words != null) {
        head = null;
        return new Step.Write(ByteBuffer.wrap(Frame.of(words)));
      }
      if (sent) {
        return null;
      }
      sent = true;
      return new Step.SendFile(file.channel(), offset, count);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException thrown) {
        throw new java.io.UncheckedIOException(thrown);
      }
    }
  }
}
