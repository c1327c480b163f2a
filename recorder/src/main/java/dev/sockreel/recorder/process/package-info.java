/** The processes of the host: which hold sockets, facts about them, their threads' waits, their namespaces. */
@NullMarked
package dev.sockreel.recorder.process;

import org.jspecify.annotations.NullMarked;
