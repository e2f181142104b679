package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetargetTest {
  private static final String NAME = "usher/cli/RetargetTest$Subject.class";

  @TempDir Path folder;

  /// Code with branches, which needs stack maps.
  public static final class Subject implements Callable<String> {
    @Override
    public String call() {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        Object next = i % 2 == 0 ? "even" : Integer.valueOf(i);
        all.append(next);
      }
      return all.toString();
    }
  }

  private static byte[] subject() throws Exception {
    try (var in = RetargetTest.class.getResourceAsStream("/" + NAME)) {
      return in.readAllBytes();
    }
  }

  private static byte[] aged(byte[] bytes) {
    ClassFile without = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
    ClassModel model = without.parse(bytes);
    byte[] old =
        without.transformClass(
            model,
            (builder, element) -> {
              if (element instanceof java.lang.classfile.ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_5_VERSION, 0);
              } else {
                builder.with(element);
              }
            });
    return old;
  }

  private Path jar(byte[] classFile) throws Exception {
    Path jar = folder.resolve("library.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("words.txt"));
      out.write("words".getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry(NAME));
      out.write(classFile);
    }
    return jar;
  }

  private static byte[] entry(Path jar, String name) throws Exception {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  @Test
  void old_class_gets_a_newer_version_and_does_the_same() throws Exception {
    Path jar = jar(aged(subject()));
    assertThat(ClassFile.of().parse(entry(jar, NAME)).majorVersion()).isEqualTo(49);
    assertThat(Retarget.retarget(jar)).isEqualTo(1);
    assertThat(ClassFile.of().parse(entry(jar, NAME)).majorVersion()).isEqualTo(52);
    assertThat(entry(jar, "words.txt")).asString().isEqualTo("words");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Object made =
          loader.loadClass("usher.cli.RetargetTest$Subject").getConstructor().newInstance();
      assertThat(((Callable<?>) made).call()).isEqualTo("even1even");
    }
  }

  @Test
  void jar_that_is_new_enough_stays_as_it_is() throws Exception {
    Path jar = jar(subject());
    byte[] before = Files.readAllBytes(jar);
    assertThat(Retarget.retarget(jar)).isZero();
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("library.jar");
  }
}
