package dev.sockreel.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the rooms of all modules to the rules of CONTRIBUTING.md. */
class HouseTest {
    private static final int MAX_CLASSES_PER_ROOM = 25;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/fixtures/") && !location.contains("/test/"))
            .importPackages("dev.sockreel");

    @Test
    void noTwoRoomsNameEachOther() {
        assertFalse(MAIN.isEmpty());
        slices().matching("dev.sockreel.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void aRoomIsNotCrowded() {
        Map<String, Long> classes = MAIN.stream()
                .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .filter(c -> !c.getSimpleName().endsWith("Renderer") || !c.getPackageName().endsWith("report"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertEquals(List.of(), classes.entrySet().stream()
                .filter(e -> e.getValue() > MAX_CLASSES_PER_ROOM)
                .map(e -> e.getKey() + ": " + e.getValue() + " classes")
                .toList());
    }
}
