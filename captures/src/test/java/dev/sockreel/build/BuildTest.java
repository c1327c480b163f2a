package dev.sockreel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BuildTest {
    private static Build of(Map<String, String> written) {
        Properties properties = new Properties();
        properties.putAll(written);
        return Build.of(properties);
    }

    @Test
    void inACloneTheCommitIsKnown() {
        assertEquals(new Build("1.2", "b17f12d", "2026-11-29"), of(Map.of(
                "git.build.version", "1.2", "git.commit.id.abbrev", "b17f12d", "git.commit.time", "2026-11-29",
                "git.dirty", "false")));
    }

    @Test
    void changedFilesAreSaid() {
        assertEquals("b17f12d-dirty", of(Map.of("git.commit.id.abbrev", "b17f12d", "git.dirty", "true")).commit());
    }

    @Test
    void withoutAGitCloneTheCommitIsNotKnown() {
        assertEquals(new Build("(unreleased)", null, null), of(Map.of()));
    }
}
