package dev.sockreel.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place to write to, checked before the work begins; nothing is created or changed until {@link #create()}.
 *
 * <ul>
 * <li>A free name gets a new file.
 * <li>An empty file is replaced by a new one. Any other file is refused, or replaced where that is forced.
 * <li>A pipe, a device or an open descriptor (/dev/stdout) is written through; {@code -} is standard output, and a file
 * of that name is {@code ./-}.
 * <li>A link stands for what it leads to, and stays. One that leads nowhere or is somebody else's is refused.
 * </ul>
 */
public final class Output {
    /** The path that means standard output. */
    public static final Path STDOUT = Path.of("-");

    private final Path path;
    private final Target target;
    private final boolean force;
    private final FileClaims claims;

    private Output(Path path, Target target, boolean force, FileClaims claims) {
        this.path = path;
        this.target = target;
        this.force = force;
        this.claims = claims;
    }

    /**
     * Checks an output path.
     *
     * @param force whether a file that is not empty is replaced
     * @throws FileAlreadyExistsException if the file exists and is not empty
     * @throws FileSystemException        with a reason for people when nothing can be written there
     */
    public static Output of(Path path, boolean force) throws IOException {
        Target target = TargetPath.resolve(path);
        if (target instanceof Target.Existing there && there.bytes() > 0 && !force) {
            throw exists(path);
        }
        if (target instanceof Target.Existing there) {
            String refusal = Ownership.whyNotReplace(there.file());
            if (refusal != null) {
                throw failed(path, refusal);
            }
        }
        Output output = new Output(path, target, force, FileClaims.NONE);
        if (!output.isStream()) {
            output.requireWritable(Target.folder(output.file()));
        }
        return output;
    }

    /** Returns the same output, whose file is claimed while it is written. */
    public Output claimedBy(FileClaims by) {
        return new Output(path, target, force, by);
    }

    FileClaims claims() {
        return claims;
    }

    private void requireWritable(Path folder) throws IOException {
        if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
            throw failed(path, Files.getFileStore(folder).isReadOnly()
                    ? "its file system is read-only"
                    : "permission denied to create a file in " + folder);
        }
    }

    private static FileAlreadyExistsException exists(Path path) {
        return new FileAlreadyExistsException(path.toString());
    }

    private static FileSystemException failed(Path path, String why) {
        return new FileSystemException(path.toString(), null, why);
    }

    /** The path as it was given. */
    public Path path() {
        return path;
    }

    /** Returns whether it is a pipe, a device or an open descriptor: what is written there cannot be taken back. */
    public boolean isStream() {
        return target instanceof Target.Stream;
    }

    /** Returns whether it is standard output of this process, so that all words must go elsewhere. */
    public boolean isStdout() {
        return target instanceof Target.Stream(StreamPath stream) && stream.isStdout();
    }

    /** Returns whether it is a terminal, which cannot show a binary file. */
    public boolean isTerminal() {
        return target instanceof Target.Stream(StreamPath stream) && stream.isTerminal();
    }

    /** The path of the file, without links; that of a stream as it was given. */
    public Path file() {
        return switch (target) {
            case Target.Free(Path file) -> file;
            case Target.Existing there -> there.file();
            case Target.Stream s -> path;
        };
    }

    /** Creates the file under a temporary name, or opens the stream. */
    public OutputFile create() throws IOException {
        try {
            return target instanceof Target.Stream(StreamPath stream)
                    ? new OutputFile(this, stream.open(), null, stream.isStandard())
                    : new OutputFile(this, TemporaryFile.beside(file())).claimed();
        } catch (FileSystemException e) {
            boolean gone = e instanceof NoSuchFileException;
            throw failed(path, gone ? "it or its folder was removed meanwhile" : reason(e));
        }
    }

    /** Gives the temporary file its name. */
    void name(TemporaryFile temporary) throws IOException {
        try {
            temporary.rename(file());
        } catch (FileAlreadyExistsException e) {
            try (FileClaims.Claim there = claims.replaced(file())) {
                requireReplaceable();
                rename(temporary);
            }
        } catch (FileSystemException e) {
            throw failed(path, "the new file could not be given this name: " + reason(e));
        }
    }

    private void rename(TemporaryFile temporary) throws IOException {
        try {
            temporary.replace(file());
        } catch (FileSystemException e) {
            throw failed(path, "the new file could not take its place: " + reason(e));
        }
    }

    /** Looks at what has the name now, which may have appeared during the work. */
    private void requireReplaceable() throws IOException {
        try {
            BasicFileAttributes is =
                    Files.readAttributes(file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!is.isRegularFile()) {
                throw failed(path, "something that is no file has taken this name meanwhile");
            }
            if (!force && (is.size() > 0 || !isStillThere(is.fileKey()))) {
                throw exists(path);
            }
        } catch (NoSuchFileException e) {
            return; // gone again
        }
    }

    /** Returns whether this is the file that was there when the output was checked. */
    private boolean isStillThere(@Nullable Object key) {
        return target instanceof Target.Existing there && Objects.equals(there.key(), key);
    }

    private static String reason(FileSystemException e) {
        return e instanceof AccessDeniedException
                ? "permission denied"
                : e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason();
    }
}
