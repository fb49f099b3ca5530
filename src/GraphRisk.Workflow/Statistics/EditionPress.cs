using GraphRisk.Disclosure.Rules;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Workflow.Statistics;

/// <summary>Why an edition is not published.</summary>
public enum PressRefusal
{
    /// <summary>The month is not over.</summary>
    NotOver,

    /// <summary>It has been published: what became known since goes into the next edition.</summary>
    PublishedBefore,
}

/// <summary>An edition that is not published; nothing was recorded.</summary>
public sealed class PressRefusedException(PressRefusal refusal, string message) : Exception(message)
{
    public PressRefusal Refusal => refusal;
}

/// <summary>
/// Publishes editions. Each month once: the change set is named after the month, and a store takes a name once, however many
/// servers ask at a time.
/// </summary>
public sealed class EditionPress(IGraphStore store)
{
    /// <param name="month">Last day of the month.</param>
    /// <param name="today">The real day.</param>
    /// <exception cref="PressRefusedException">The day lies before the month's end.</exception>
    public static void CheckOver(DateOnly month, DateOnly today)
    {
        if (today < month) throw new PressRefusedException(PressRefusal.NotOver, $"{EditionFacts.NameOf(month)} is not over.");
    }

    /// <summary>Publishes the edition of a month.</summary>
    /// <param name="month">Last day of the month.</param>
    /// <param name="contracts">Contracts of the whole snapshot at the close of that day, as known now.</param>
    /// <param name="scores">Scores at that day, by node; none where there is no model.</param>
    /// <param name="who">Who publishes.</param>
    /// <param name="now">When it is published.</param>
    /// <param name="cancellation">Ends it before it is recorded.</param>
    /// <exception cref="PressRefusedException">The month has an edition.</exception>
    public async Task<PublishedEdition> PublishAsync(
        DateOnly month, ContractTable contracts, IReadOnlyDictionary<int, ScoreLine> scores, string who, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var edition = new PublishedEdition(month, now, Edition.Of(contracts, scores, DisclosureLimits.Default));
        var changes = new ChangeSet($"statistics {EditionFacts.NameOf(month)}", now, who, [.. EditionFacts.Of(edition).Select(Change.Assert)]);
        var result = await store.AppendAsync(changes, cancellation);
        return result.AlreadyKnown
            ? throw new PressRefusedException(
                PressRefusal.PublishedBefore, $"The edition of {EditionFacts.NameOf(month)} has been published; what became known since goes into the next one.")
            : edition;
    }
}
