package usher.files.frame;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.OpenFile;
import usher.files.Upload;

/// A library all of whose files are from the day of the RFCs' examples.
record FixedTimes(FileLibrary library) implements FileLibrary {
  private static final Instant THEN = Instant.parse("1994-11-06T08:49:37Z");

  private static FileEntry fixed(FileEntry entry) {
    return new FileEntry(entry.name(), entry.size(), THEN, entry.checksum());
  }

  @Override
  public List<FileEntry> list() {
    return library.list().stream().map(FixedTimes::fixed).toList();
  }

  @Override
  public FileEntry stat(FileName name) {
    return fixed(library.stat(name));
  }

  @Override
  public OpenFile open(FileName name) {
    OpenFile file = library.open(name);
    return new OpenFile(fixed(file.entry()), file.channel());
  }

  @Override
  public Checksum checksum(OpenFile file) {
    return library.checksum(file);
  }

  @Override
  public Upload store(Deposit deposit) {
    Upload upload = library.store(deposit);
    return new Upload() {
      @Override
      public long offset() {
        return upload.offset();
      }

      @Override
      public void write(ByteBuffer bytes) {
        upload.write(bytes);
      }

      @Override
      public FileEntry commit() {
        return fixed(upload.commit());
      }

      @Override
      public void close() {
        upload.close();
      }
    };
  }

  @Override
  public OptionalLong kept(Deposit deposit) {
    return library.kept(deposit);
  }

  @Override
  public void forget(Deposit deposit) {
    library.forget(deposit);
  }

  @Override
  public void delete(FileName name) {
    library.delete(name);
  }

  @Override
  public boolean writable() {
    return library.writable();
  }
}
