/** One trial of a campaign: an input, the commands run on it, what they may do, and what is kept of a failure. */
@NullMarked
package dev.sockreel.campaign.trial;

import org.jspecify.annotations.NullMarked;
