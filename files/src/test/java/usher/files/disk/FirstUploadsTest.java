package usher.files.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.Deposit;
import usher.files.FileName;
import usher.files.Upload;

/// The first uploads of a folder make the place for what is under way, all at the same time.
final class FirstUploadsTest {
  private static final int FOLDERS = 200;
  private static final int AT_ONCE = 4;

  @Test
  void all_of_them_are_stored(@TempDir Path home) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < FOLDERS; i++) {
        Path folder = Files.createDirectory(home.resolve("folder" + i));
        FolderLibrary library = FolderLibrary.open(folder, FolderRules.USUAL.withWriting());
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        for (int j = 0; j < AT_ONCE; j++) {
          FileName name = new FileName("file" + j);
          all.add(
              threads.submit(
                  () -> {
                    together.await();
                    store(library, name);
                    return null;
                  }));
        }
        for (Future<?> each : all) {
          each.get();
        }
        assertThat(library.list()).hasSize(AT_ONCE);
      }
    }
  }

  private static void store(FolderLibrary library, FileName name) {
    byte[] bytes = name.text().getBytes(StandardCharsets.UTF_8);
    try (Upload upload = library.store(new Deposit(name, bytes.length, Optional.empty(), true))) {
      upload.write(ByteBuffer.wrap(bytes));
      upload.commit();
    }
  }
}
