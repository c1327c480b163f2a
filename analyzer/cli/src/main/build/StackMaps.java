import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a jar that are older than Java 6 the stack maps of newer ones; the launcher runs it on what it
 * built. Without them the JVM takes such a class into no ahead-of-time cache and verifies it in a slow way, and picocli
 * is made of them.
 */
final class StackMaps {
    /** The first version whose classes an ahead-of-time cache holds. */
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;
    private static final int MAJOR_VERSION_AT = 7;

    /** @param args the jar, which is replaced */
    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path written = Path.of(args[0] + ".new");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(written));
                ZipOutputStream out = new ZipOutputStream(file);
                URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ClassFile rewriting = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(classes)
                            .orElse(ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader()))));
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class") && content[MAJOR_VERSION_AT] < JAVA_6) {
                    content = rewritten(rewriting, content);
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(content);
                out.closeEntry();
            }
        }
        Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] rewritten(ClassFile rewriting, byte[] old) {
        ClassModel model = rewriting.parse(old);
        return rewriting.build(model.thisClass().asSymbol(), to -> {
            // first of all: stack maps are made for methods of this version
            to.withVersion(JAVA_8, 0);
            for (var element : model) {
                switch (element) {
                    case ClassFileVersion version -> { }
                    case MethodModel method -> to.transformMethod(method, (code, part) -> {
                        if (part instanceof CodeModel body) {
                            code.transformCode(body, CodeTransform.ACCEPT_ALL.andThen((b, e) -> b.with(e)));
                        } else {
                            code.with(part);
                        }
                    });
                    default -> to.with(element);
                }
            }
        });
    }

    private StackMaps() {}
}
