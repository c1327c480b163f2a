package dev.sockreel.recorder.options;

/** Thrown when a recording cannot be made or completed; the message is one sentence for people. Exit code 3. */
public final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    public RecordingException(String sentence) {
        super(sentence);
    }

    public RecordingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Returns the sentence, never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "the recording failed" : message;
    }
}
