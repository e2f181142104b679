package usher.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import usher.http.spool.Spool;

/// A body that was written to a spool.
record SpooledBody(Spool spool) implements RequestBody {
  @Override
  public long length() {
    return spool.length();
  }

  @Override
  public boolean inMemory() {
    return false;
  }

  @Override
  public InputStream stream() {
    return spool.stream();
  }

  @Override
  public byte[] bytes() {
    if (length() > Integer.MAX_VALUE - 8) {
      throw new HttpException(413, "the body is too large to be held in memory");
    }
    try {
      return stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
