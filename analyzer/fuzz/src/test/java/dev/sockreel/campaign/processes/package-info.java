/** Trials with processes of their own: recorders that are killed, odd clocks, full disks, bare hosts. */
@NullMarked
package dev.sockreel.campaign.processes;

import org.jspecify.annotations.NullMarked;
