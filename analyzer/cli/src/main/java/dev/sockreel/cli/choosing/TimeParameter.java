package dev.sockreel.cli.choosing;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets an option take a TIME before the end, such as {@code -4m}, which picocli takes for the options {@code -4} and
 * {@code -m}: it is passed on with a blank before it, and the conversion strips the blank.
 */
public final class TimeParameter implements IParameterPreprocessor, ITypeConverter<String> {
    @Override
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        if (!words.isEmpty() && words.peek().matches("-[0-9].*")) {
            words.push(" " + words.pop());
        }
        return false; // picocli does the rest
    }

    @Override
    public String convert(String word) {
        return word.strip();
    }
}
