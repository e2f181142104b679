package usher.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import usher.http.spool.Spool;

/// A spool in memory that writes down what happens to it, and can be made to fail.
final class TestSpool implements Spool {
  /// Opens spools and keeps them.
  static final class Opener implements Spool.Opener {
    final List<TestSpool> opened = new ArrayList<>();
    boolean full;
    boolean closed;

    @Override
    public Spool open() throws IOException {
      if (closed) {
        throw new IOException("no room for a spool");
      }
      var spool = new TestSpool(this);
      opened.add(spool);
      return spool;
    }

    /// How often the spools were closed, each.
    List<Integer> closings() {
      return opened.stream().map(spool -> spool.closings).toList();
    }
  }

  private final Opener opener;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<Integer> appends = new ArrayList<>();
  int closings;

  TestSpool(Opener opener) {
    this.opener = opener;
  }

  @Override
  public void append(ByteBuffer more) throws IOException {
    if (opener.full) {
      throw new IOException("no space left");
    }
    appends.add(more.remaining());
    var copy = new byte[more.remaining()];
    more.get(copy);
    bytes.writeBytes(copy);
  }

  @Override
  public long length() {
    return bytes.size();
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Override
  public void close() {
    closings++;
  }
}
