package usher.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.OpenFile;
import usher.files.Upload;
import usher.files.disk.FolderTree.Missing;

/// The regular files of a folder whose names are those of a [FileName]. Others, links among them,
/// are as if they were not there.
///
/// What is stored is whole and on the disk before it has its name, and before anybody is told so;
/// see [FolderUpload]. Uploads that end early, even with this process, leave files that the next
/// [#open] deletes, or that the client goes on with; see [Passages].
///
/// Who may write in the folder by other ways may change files while they are read, and in a
/// recursive library swap a folder for a link at the moment between the look and the opening.
public final class FolderLibrary implements FileLibrary {
  private static final int CHUNK = 256 * 1024;

  /// For messages about a folder and no file in it.
  private static final FileName FOLDER = new FileName("folder");

  /// How often a file is opened anew that is exchanged while it is being opened.
  private static final int ATTEMPTS = 3;

  private final Path root;
  private final FolderTree tree;
  private final FolderRules rules;
  private final Passages passages;
  private final Budget budget;

  private FolderLibrary(Path root, FolderRules rules) {
    this.root = root;
    this.tree = new FolderTree(root, rules.recursive());
    this.rules = rules;
    this.passages = new Passages(root, rules.keep());
    this.budget = new Budget(rules, this::total, this::free);
  }

  /// A library of what is in a folder.
  ///
  /// @throws NotDirectoryException where it is none
  public static FolderLibrary open(Path folder, FolderRules rules) throws IOException {
    Path root = folder.toRealPath();
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(folder.toString());
    }
    FolderLibrary library = new FolderLibrary(root, rules);
    if (rules.writable()) {
      library.passages.clean();
    }
    return library;
  }

  Budget budget() {
    return budget;
  }

  @Override
  public boolean writable() {
    return rules.writable();
  }

  @Override
  public List<FileEntry> list() {
    List<FileEntry> found = new ArrayList<>();
    each((name, path, attributes) -> found.add(entry(name, path, attributes)));
    found.sort(Comparator.comparing(FileEntry::name));
    return found;
  }

  private void each(FolderTree.Visitor visitor) {
    try {
      tree.each(visitor);
    } catch (IOException thrown) {
      throw trouble(thrown, FOLDER);
    }
  }

  private static FileEntry entry(FileName name, Path path, BasicFileAttributes attributes) {
    return new FileEntry(
        name,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        KnownChecksums.of(path, attributes));
  }

  @Override
  public FileEntry stat(FileName name) {
    try {
      Path path = tree.path(name, Missing.REFUSED);
      BasicFileAttributes attributes = FolderTree.attributes(path);
      if (!attributes.isRegularFile()) {
        throw new NoSuchFileException(name.text());
      }
      return entry(name, path, attributes);
    } catch (IOException thrown) {
      throw trouble(thrown, name);
    }
  }

  @Override
  public OpenFile open(FileName name) {
    try {
      Path path = tree.path(name, Missing.REFUSED);
      for (int i = 0; i < ATTEMPTS; i++) {
        BasicFileAttributes before = FolderTree.attributes(path);
        // Opening anything else might wait, or do something.
        if (!before.isRegularFile()) {
          throw new NoSuchFileException(name.text());
        }
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
          FileEntry entry = entry(name, path, before);
          if (Objects.equals(FolderTree.attributes(path).fileKey(), before.fileKey())
              && channel.size() == entry.size()) {
            return new OpenFile(entry, channel);
          }
          channel.close();
        } catch (Throwable thrown) {
          channel.close();
          throw thrown;
        }
      }
      throw new LibraryException(Code.BUSY, name + " is being written again and again");
    } catch (IOException thrown) {
      throw trouble(thrown, name);
    }
  }

  @Override
  public Checksum checksum(OpenFile file) {
    FileEntry entry = file.entry();
    if (entry.checksum().isPresent()) {
      return entry.checksum().get();
    }
    MessageDigest digest = Checksum.digest();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    try {
      long position = 0;
      for (int read; (read = file.channel().read(chunk, position)) >= 0; position += read) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      Checksum checksum = Checksum.of(digest);
      if (rules.writable()) {
        remember(entry, checksum);
      }
      return checksum;
    } catch (IOException thrown) {
      throw Trouble.of(thrown, entry.name());
    }
  }

  /// If it is still that file.
  private void remember(FileEntry entry, Checksum checksum) throws IOException {
    Path path = tree.path(entry.name(), Missing.REFUSED);
    BasicFileAttributes attributes = FolderTree.attributes(path);
    if (attributes.size() == entry.size()
        && attributes.lastModifiedTime().toInstant().equals(entry.modified())) {
      KnownChecksums.note(path, attributes, checksum);
    }
  }

  @Override
  public Upload store(Deposit deposit) {
    checkWritable();
    if (deposit.size() > rules.maxFile()) {
      throw new LibraryException(Code.TOO_LARGE, tooLarge(rules.maxFile()));
    }
    try {
      Path target = tree.path(deposit.name(), Missing.SPARED);
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new LibraryException(Code.EXISTS, deposit.name() + " is a folder");
      }
      if (deposit.ifAbsent() && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(deposit.name());
      }
      budget.begin();
      long promise = Math.max(0, deposit.size());
      long open = 0;
      boolean taken = false;
      boolean begun = false;
      FolderUpload.@Nullable Passage passage = null;
      try {
        MessageDigest digest = Checksum.digest();
        passage = passages.open(deposit, digest);
        open = Math.max(0, deposit.size() - passage.present());
        budget.take(promise, open);
        taken = true;
        FolderUpload upload = new FolderUpload(this, deposit, passage, digest, rules.maxFile());
        begun = true;
        return upload;
      } finally {
        if (!begun) {
          budget.end(taken ? promise : 0, taken ? open : 0, 0);
          if (passage != null) {
            passage.close();
          }
        }
      }
    } catch (IOException thrown) {
      throw trouble(thrown, deposit.name());
    }
  }

  @Override
  public OptionalLong kept(Deposit deposit) {
    try {
      return passages.kept(deposit);
    } catch (IOException thrown) {
      throw trouble(thrown, deposit.name());
    }
  }

  @Override
  public void forget(Deposit deposit) {
    checkWritable();
    try {
      passages.forget(deposit);
    } catch (IOException thrown) {
      throw trouble(thrown, deposit.name());
    }
  }

  static String tooLarge(long most) {
    return "a file may have " + most + " bytes at most";
  }

  private static LibraryException exists(FileName name) {
    return new LibraryException(Code.EXISTS, "there is a " + name + " already");
  }

  /// Gives a finished upload its name.
  ///
  /// @return the bytes of the file that it replaces
  long place(Deposit deposit, Path file) throws IOException {
    Path target = tree.path(deposit.name(), Missing.MADE);
    if (deposit.ifAbsent()) {
      try {
        Files.createLink(target, file);
      } catch (FileAlreadyExistsException there) {
        throw exists(deposit.name());
      }
      Files.delete(file);
      FolderTree.force(target.getParent());
      return 0;
    }
    long replaced = 0;
    try {
      BasicFileAttributes there = FolderTree.attributes(target);
      replaced = there.isRegularFile() ? there.size() : 0;
    } catch (NoSuchFileException none) {
      // It is new.
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FolderTree.force(target.getParent());
    return replaced;
  }

  @Override
  public void delete(FileName name) {
    checkWritable();
    FileEntry entry = stat(name);
    try {
      Path path = tree.path(name, Missing.REFUSED);
      Files.delete(path);
      FolderTree.force(path.getParent());
      budget.freed(entry.size());
    } catch (IOException thrown) {
      throw trouble(thrown, name);
    }
  }

  private void checkWritable() {
    if (!rules.writable()) {
      throw new LibraryException(Code.READ_ONLY, "this library takes no files");
    }
  }

  /// Not there, because the whole folder is gone, is another thing than not there.
  LibraryException trouble(IOException thrown, FileName name) {
    if (thrown instanceof FileSystemException && !Files.isDirectory(root)) {
      return Trouble.gone(thrown);
    }
    return Trouble.of(thrown, name);
  }

  private long total() {
    LongAdder sum = new LongAdder();
    each((_, _, attributes) -> sum.add(attributes.size()));
    return sum.sum();
  }

  private long free() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException thrown) {
      throw Trouble.gone(thrown);
    }
  }
}
