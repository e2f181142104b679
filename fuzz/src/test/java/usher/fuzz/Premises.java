package usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.OpenFile;
import usher.files.Upload;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;

/// A library that anything may be done to, and things beside it and hidden in it that nobody may
/// see or change: what must hold whatever a client has sent.
final class Premises {
  /// What nobody outside may ever be sent.
  static final String SECRET = "this-is-outside";

  /// Files on their way in at once.
  private static final int UPLOADS = 3;

  /// Small, so that they are met.
  private static final FolderRules RULES =
      new FolderRules(true, true, 2_000, 6_000, 0, UPLOADS, FolderRules.USUAL.withFolders().keep());

  private final Path top;
  private final Path folder;
  private List<String> fresh;
  private FolderLibrary library;

  Premises(Path top) throws IOException {
    this.top = top;
    this.folder = top.resolve("library");
    Files.writeString(top.resolve("secret.txt"), SECRET);
    this.library = furnished();
    this.fresh = seen();
  }

  private FolderLibrary furnished() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("hello.txt"), "Hello, World!\n");
    Files.write(folder.resolve("blocks"), new byte[1_500]);
    Files.writeString(folder.resolve("a/b/c.txt"), "0123456789");
    Files.writeString(folder.resolve(".hidden"), SECRET);
    Files.createDirectories(folder.resolve(".usher"));
    Files.writeString(folder.resolve(".usher/part-1"), SECRET);
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("leak.txt"), top.resolve("secret.txt"));
    FolderLibrary opened = FolderLibrary.open(folder, RULES);
    // They are noted beside the files by who asks first.
    for (FileEntry entry : opened.list()) {
      try (OpenFile file = opened.open(entry.name())) {
        opened.checksum(file);
      }
    }
    return opened;
  }

  FileLibrary library() {
    return library;
  }

  /// As in the beginning.
  void restore() throws IOException {
    if (!seen().equals(fresh)) {
      empty(folder);
      library = furnished();
      fresh = seen();
    }
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }

  private List<String> seen() throws IOException {
    List<String> seen = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted().toList()) {
        var attributes = FileAttributes.of(path);
        seen.add(path + " " + attributes);
      }
    }
    return seen;
  }

  private record FileAttributes(boolean folder, long size, Object key, Object time) {
    static FileAttributes of(Path path) throws IOException {
      var of =
          Files.readAttributes(
              path, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return of.isDirectory()
          ? new FileAttributes(true, 0, "", "")
          : new FileAttributes(false, of.size(), "" + of.fileKey(), of.lastModifiedTime());
    }
  }

  /// Nothing was told that must not be.
  ///
  /// @param sent what the client has sent: whoever knows a secret may hear it again
  /// @param heard what it was sent
  void toldNothing(String sent, String heard) {
    if (!sent.contains(SECRET)) {
      assertThat(heard).doesNotContain(SECRET);
    }
  }

  /// All clients are gone.
  void unharmed() throws IOException {
    try (Stream<Path> beside = Files.list(top)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("library", "secret.txt");
    }
    assertThat(top.resolve("secret.txt")).hasContent(SECRET);
    assertThat(folder.resolve(".hidden")).hasContent(SECRET);
    assertThat(folder.resolve(".usher/part-1")).hasContent(SECRET);
    try (Stream<Path> passages = Files.list(folder.resolve(".usher"))) {
      assertThat(passages.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.startsWith("part-"));
    }
    for (FileEntry entry : library.list()) {
      assertThat(entry.name().segments()).noneMatch(segment -> segment.startsWith("."));
      try (OpenFile file = library.open(entry.name())) {
        assertThat(file.channel().size()).isEqualTo(entry.size());
        assertThat(library.checksum(new OpenFile(unknown(entry), file.channel())))
            .isEqualTo(entry.checksum().orElseGet(() -> library.checksum(file)));
      }
    }
    takesAsManyAsEver();
  }

  /// The same entry, so that its checksum is worked out from its bytes.
  private static FileEntry unknown(FileEntry entry) {
    return new FileEntry(entry.name(), entry.size(), entry.modified(), Optional.empty());
  }

  private void takesAsManyAsEver() {
    List<Upload> uploads = new ArrayList<>();
    try {
      for (int i = 0; i < UPLOADS; i++) {
        FileName name = new FileName("probe" + i);
        uploads.add(library.store(new Deposit(name, Deposit.UNKNOWN, Optional.empty(), false)));
      }
    } finally {
      uploads.forEach(Upload::close);
    }
  }
}
