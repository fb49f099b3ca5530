using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution;

/// <summary>
/// Finds the party records that are one and the same, and keeps the ledger of judgements in step with what is known:
/// records are put in blocks by what identifies them, pairs within a block are compared by a table of features and decided
/// by rules, matches that would join what must stay apart are set aside, and what changed is written as SAME_AS facts.
/// The first run reads the whole store; later runs of the same object look only at what was recorded since, and end with
/// the same ledger as a run over everything (only how facts came in matters, not in how many runs). Not thread-safe.
/// </summary>
public sealed class Resolver(IGraphStore store, ResolutionOptions options)
{
    /// <summary>Author of the ChangeSets.</summary>
    public const string Author = "resolution";

    private readonly PartyReader reader = new(store.Catalog);
    private ResolutionState? state;

    /// <summary>Brings the ledger in step with the store.</summary>
    /// <param name="recordedAt">When the judgements become known.</param>
    /// <param name="progress">Told from time to time how far the run is.</param>
    /// <param name="cancellation">Stops between ChangeSets; what was written stays, a later run completes it.</param>
    public async Task<ResolutionSummary> ResolveAsync(
        DateTimeOffset recordedAt, IProgress<ResolutionProgress>? progress = null, CancellationToken cancellation = default)
    {
        SortedSet<int>? touched = null;
        if (state is not null)
        {
            touched = await state.CatchUpAsync(store, reader, cancellation);
            if (touched.Count > 1000 && touched.Count > state.Parties.Count * options.ReloadShare) (state, touched) = (null, null);
        }

        state ??= await ResolutionState.LoadAsync(store, reader, progress, cancellation);
        var run = new ResolutionRun(store, options, state, new JudgementWriter(store, recordedAt, Author), progress);
        var current = state;
        state = null; // Kept only if the run ends well: a run that broke off may have noted more than it wrote.
        var summary = await run.RunAsync(touched, cancellation);
        state = current;
        return summary;
    }
}
