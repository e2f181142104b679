package usher.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes a library's class files new enough for the start-up archive, in place. Run by the build,
/// before the archive is made.
///
/// The JVM checks class files before version 50 in an old way whose results it cannot keep, so the
/// archive leaves them out: picocli's, made for Java 5, would be read, checked and linked at every
/// start, which took 40 of 90 ms. This gives them a newer version and the stack maps that come with
/// it, and changes nothing else. A jar that is new enough already stays as it is.
final class Retarget {
  private static final int KEPT_FROM = ClassFile.JAVA_6_VERSION;
  private static final int NEW = ClassFile.JAVA_8_VERSION;
  private static final String CLASS = ".class";

  private Retarget() {}

  /// Arguments: the jars.
  public static void main(String[] args) throws IOException {
    for (String jar : args) {
      retarget(Path.of(jar));
    }
  }

  /// Renews what is too old in a jar, and says how many classes that were.
  static int retarget(Path jar) throws IOException {
    Path made = Files.createTempFile(jar.toAbsolutePath().getParent(), "retarget", ".jar");
    int count = 0;
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(made);
        ZipOutputStream out = new ZipOutputStream(file)) {
      ClassFile classFile = classFile(in);
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        if (isOld(entry.getName(), bytes)) {
          bytes = renewed(classFile, bytes);
          count++;
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(bytes);
        out.closeEntry();
      }
    }
    if (count > 0) {
      Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.delete(made);
    }
    return count;
  }

  private static boolean isOld(String name, byte[] bytes) {
    return name.endsWith(CLASS) && major(bytes) < KEPT_FROM;
  }

  private static int major(byte[] bytes) {
    return (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
  }

  /// Writes stack maps, for which it must know how the library's classes extend each other.
  private static ClassFile classFile(ZipFile in) {
    ClassHierarchyResolver inside =
        ClassHierarchyResolver.ofResourceParsing(
            (ClassDesc type) -> {
              String descriptor = type.descriptorString();
              ZipEntry entry =
                  in.getEntry(descriptor.substring(1, descriptor.length() - 1) + CLASS);
              try {
                return entry == null ? null : in.getInputStream(entry);
              } catch (IOException thrown) {
                throw new UncheckedIOException(thrown);
              }
            });
    return ClassFile.of(
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
        ClassFile.ClassHierarchyResolverOption.of(
            inside.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  private static byte[] renewed(ClassFile classFile, byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    // Code is built anew, element by element: only then are stack maps written.
    MethodTransform rebuilt =
        MethodTransform.transformingCode(CodeTransform.ofStateful(() -> CodeBuilder::with));
    ClassTransform renewal =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.withVersion(NEW, 0);
            case MethodModel method -> builder.transformMethod(method, rebuilt);
            default -> builder.with(element);
          }
        };
    return classFile.transformClass(model, renewal);
  }
}
