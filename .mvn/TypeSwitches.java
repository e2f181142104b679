import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Links the pattern switches of compiled classes at build time. Run by the build, once a module is compiled.
///
/// javac leaves a `switch` over types to a bootstrap method (`SwitchBootstraps.typeSwitch`), which makes a class for each of them
/// when it is first reached. The start-up archive keeps lambdas, but none of these (JDK 25): they took more than a third of the time
/// from the start of a child process to its first answer. So each of them becomes a call of a private method of its own class that
/// asks the same with `instanceof`, in the same order. Switches that also have constants among their labels stay as they are.
///
/// Arguments: folders of classes. What they refer to is on the class path. A second run finds nothing to do.
final class TypeSwitches {
  private static final String BOOTSTRAP = "typeSwitch";
  private static final ClassFile CLASS_FILE =
      ClassFile.of(
          ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));

  private TypeSwitches() {}

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".class")).forEach(TypeSwitches::link);
      }
    }
  }

  private static void link(Path file) {
    try {
      ClassModel model = CLASS_FILE.parse(file);
      List<InvokeDynamicInstruction> sites = new ArrayList<>();
      byte[] linked = CLASS_FILE.transformClass(model, transform(model, sites));
      if (!sites.isEmpty()) {
        Files.write(file, linked);
      }
    } catch (IOException thrown) {
      throw new UncheckedIOException(file.toString(), thrown);
    }
  }

  /// @param sites gets those that were replaced
  private static ClassTransform transform(ClassModel model, List<InvokeDynamicInstruction> sites) {
    ClassDesc self = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    CodeTransform calls =
        (builder, element) -> {
          if (element instanceof InvokeDynamicInstruction site && ofTypesAlone(site)) {
            builder.invokestatic(self, name(sites.size()), site.typeSymbol(), isInterface);
            sites.add(site);
          } else {
            builder.with(element);
          }
        };
    return ClassTransform.transformingMethodBodies(calls)
        .andThen(ClassTransform.endHandler(builder -> addQuestions(builder, sites)));
  }

  private static void addQuestions(ClassBuilder builder, List<InvokeDynamicInstruction> sites) {
    for (int i = 0; i < sites.size(); i++) {
      List<ConstantDesc> types = sites.get(i).bootstrapArgs();
      builder.withMethodBody(
          name(i),
          sites.get(i).typeSymbol(),
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          code -> ask(code, types));
    }
  }

  private static String name(int site) {
    return "typeSwitch$" + site;
  }

  private static boolean ofTypesAlone(InvokeDynamicInstruction site) {
    return site.name().equalsString(BOOTSTRAP)
        && site.bootstrapMethod().owner().equals(ClassDesc.of("java.lang.runtime.SwitchBootstraps"))
        && site.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive());
  }

  /// What the bootstrap method promises: of (object, first) the number of the first label from `first` on that fits; -1 for null; the
  /// number of labels where none fits.
  private static void ask(CodeBuilder code, List<ConstantDesc> types) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < types.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) types.get(i)).ifeq(next).loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(types.size()).ireturn();
  }
}
