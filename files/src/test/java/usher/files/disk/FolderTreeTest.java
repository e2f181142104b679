package usher.files.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.disk.FolderTree.Missing;

/// Paths of names, and folders on the way.
final class FolderTreeTest {
  private static final FileName BELOW = new FileName("a/b/c");

  @TempDir Path root;

  private FolderTree tree() {
    return new FolderTree(root, true);
  }

  @Test
  void folders_that_are_missing_are_refused_spared_or_made() throws IOException {
    assertThatThrownBy(() -> tree().path(BELOW, Missing.REFUSED))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(tree().path(BELOW, Missing.SPARED)).isEqualTo(root.resolve("a/b/c"));
    assertThat(root).isEmptyDirectory();
    assertThat(tree().path(BELOW, Missing.MADE)).isEqualTo(root.resolve("a/b/c"));
    assertThat(root.resolve("a/b")).isEmptyDirectory();
    assertThat(tree().path(BELOW, Missing.REFUSED)).isEqualTo(root.resolve("a/b/c"));
  }

  @Test
  void a_link_or_a_file_on_the_way_is_no_folder() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Files.createDirectory(root.resolve("other")));
    for (Missing missing : Missing.values()) {
      assertThatThrownBy(() -> tree().path(BELOW, missing)).isInstanceOf(NoSuchFileException.class);
    }
    Files.delete(root.resolve("a"));
    Files.createFile(root.resolve("a"));
    for (Missing missing : Missing.values()) {
      assertThatThrownBy(() -> tree().path(BELOW, missing)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void one_that_is_flat_has_no_folders() {
    assertThatThrownBy(() -> new FolderTree(root, false).path(BELOW, Missing.MADE))
        .isInstanceOf(LibraryException.class)
        .hasMessage("this library has no folders");
  }

  @Test
  void two_that_make_one_folder_at_once_both_have_it() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 200; i++) {
        FileName name = new FileName("f" + i + "/x");
        Callable<Path> make =
            () -> {
              start.await();
              return tree().path(name, Missing.MADE);
            };
        List<Future<Path>> both = List.of(threads.submit(make), threads.submit(make));
        for (Future<Path> one : both) {
          assertThat(one.get()).isEqualTo(root.resolve("f" + i + "/x"));
        }
      }
    }
  }
}
