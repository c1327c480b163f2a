package dev.sockreel.fuzz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Seeds of a target: one message of each shape in these dumps of the real capture, after two steering bytes of 0. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(MessagesOf.Provider.class)
public @interface MessagesOf {
    String[] value();

    /** Reads them from the fixtures. */
    final class Provider implements ArgumentsProvider, AnnotationConsumer<MessagesOf> {
        private String[] dumps = {};

        @Override
        public void accept(MessagesOf annotation) {
            dumps = annotation.value();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
                ExtensionContext context) {
            return Arrays.stream(dumps)
                    .flatMap(d -> Seeds.messages(d).stream())
                    .map(m -> Arguments.of((Object) Parts.steered(m, 0, 0)));
        }
    }
}
