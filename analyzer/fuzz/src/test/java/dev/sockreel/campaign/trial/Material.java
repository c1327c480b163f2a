package dev.sockreel.campaign.trial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An input in parts, so that parts can be taken out of it while it still fails.
 *
 * @param parts what the input is made of
 * @param form  makes the input of its parts
 */
public record Material(List<byte[]> parts, Form form) {
    /** How an input is written. */
    public interface Form {
        /** Writes the input into an empty folder and returns the path to give to a command. */
        Path write(List<byte[]> parts, Path folder) throws IOException;
    }

    public Material {
        parts = List.copyOf(parts);
    }

    /** Returns a material for trials without an input. */
    public static Material none() {
        return new Material(List.of(), (parts, folder) -> folder);
    }

    /** Returns a file of the joined parts, after {@code seal} has made its checksums right. */
    public static Material file(String name, List<byte[]> parts, UnaryOperator<byte[]> seal) {
        return new Material(parts, (p, folder) -> Files.write(folder.resolve(name), seal.apply(join(p))));
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    public Path write(Path folder) throws IOException {
        return form.write(parts, folder);
    }

    public Material with(List<byte[]> other) {
        return new Material(other, form);
    }

    /** Returns the size of the parts in bytes, which is what the input holds when it is not compressed. */
    public long bytes() {
        return parts.stream().mapToLong(p -> p.length).sum();
    }
}
