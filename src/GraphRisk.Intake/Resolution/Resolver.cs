using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Resolution;

/// <summary>
/// Finds the party records that are one and the same, and keeps the ledger of judgements in step with what is known:
/// records are put in blocks by what identifies them, pairs within a block are compared by a table of features and decided
/// by what these weigh, matches that would join what must stay apart are set aside, and what changed is written as SAME_AS facts.
/// The first run reads the whole store; later runs of the same object look only at what was recorded since, and end with
/// the same ledger as a run over everything (only how facts came in matters, not in how many runs). Not thread-safe.
/// </summary>
public sealed class Resolver(IGraphStore store, ResolutionOptions options)
{
    /// <summary>Author of the ChangeSets.</summary>
    public const string Author = "resolution";

    private const int Attempts = 10;

    private readonly PartyReader reader = new(store.Catalog);
    private ResolutionState? state;
    private EvidenceJudge? judge;
    private DateTime writtenAt;

    /// <summary>
    /// Brings the ledger in step with the store. Where a person, or another run, judges while it writes, it reads what was said and begins
    /// again: nothing is written over it. Records that come meanwhile are for the next run.
    /// </summary>
    /// <param name="recordedAt">When the judgements become known.</param>
    /// <param name="progress">Told from time to time how far the run is.</param>
    /// <param name="cancellation">Stops between ChangeSets; what was written stays, a later run completes it.</param>
    /// <exception cref="VersionConflictException">Others judged all the while; what was written stays.</exception>
    /// <exception cref="InvalidDataException">The kept weights cannot be read; nothing was written.</exception>
    public async Task<ResolutionSummary> ResolveAsync(
        DateTimeOffset recordedAt, IProgress<ResolutionProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (asserted, retracted) = (0, 0);
        for (var attempt = 1; ; attempt++)
        {
            var writer = new JudgementWriter(store, recordedAt, Author) { PassesOverRecords = true };
            try
            {
                var summary = await ResolveAsync(writer, progress, cancellation);
                return summary with { Asserted = asserted + summary.Asserted, Retracted = retracted + summary.Retracted };
            }
            catch (VersionConflictException) when (attempt < Attempts)
            {
                (asserted, retracted) = (asserted + writer.Asserted, retracted + writer.Retracted);
            }
        }
    }

    private async Task<ResolutionSummary> ResolveAsync(JudgementWriter writer, IProgress<ResolutionProgress>? progress, CancellationToken cancellation)
    {
        SortedSet<int>? touched = null;
        if (state is not null)
        {
            touched = await state.CatchUpAsync(store, reader, cancellation);
            if (touched.Count > 1000 && touched.Count > state.Parties.Count * options.ReloadShare) (state, touched) = (null, null);
        }

        state ??= await ResolutionState.LoadAsync(store, reader, progress, cancellation);
        var current = state;
        state = null; // Kept only if the run ends well: a run that broke off may have noted more than it wrote.
        var candidates = touched is null
            ? CandidatePairs.Of(current.Blocks, current.Parties, current.Shared)
            : CandidatePairs.OfTouched(current.Blocks, current.Parties, current.Shared, touched, current.Left);
        current.Left.Clear();
        if (judge is null || IsRewritten()) judge = new EvidenceJudge(ModelOf(current, candidates, cancellation));
        writer.ExpectedVersion = current.Version;
        var run = new ResolutionRun(options, judge, current, writer, progress);
        var summary = await run.RunAsync(candidates, cancellation);
        state = current;
        return summary;
    }

    /// <summary>How the score of any two records comes about, whether or not they share a block; reads the store and changes nothing.</summary>
    /// <returns>The decision with its steps; a contradiction is one of them.</returns>
    /// <exception cref="ReviewRefusedException">A record is not known, or they are not of one kind.</exception>
    public async Task<(PairDecision Decision, PairExplanation Explanation)> ExplainAsync(NodeId left, NodeId right, CancellationToken cancellation = default)
    {
        var current = await ResolutionState.LoadAsync(store, reader, null, cancellation);
        var (one, other) = (Find(current, left), Find(current, right));
        if (one.IsPerson != other.IsPerson) throw new ReviewRefusedException(ReviewRefusal.NotComparable, $"{left} and {right} are a person and a company.");
        var candidates = CandidatePairs.Of(current.Blocks, current.Parties, current.Shared);
        var weights = options.ModelFile is { } kept && File.Exists(kept) ? ResolutionModelFile.Read(kept) : Learn(current, candidates, cancellation);
        var asked = new EvidenceJudge(weights);
        return (asked.Judge(one, other, current.Shared), asked.Explain(one, other, current.Shared));
    }

    private static PartyRecord Find(ResolutionState current, NodeId id) =>
        current.Parties.TryFind(id, out var ordinal) && current.Parties[ordinal.Value] is { } record
            ? record
            : throw new ReviewRefusedException(ReviewRefusal.UnknownParty, $"{id} is no party record of the store.");

    /// <summary>What agreement weighs: as it is kept, or learned from all records and kept.</summary>
    private ResolutionModel ModelOf(ResolutionState current, CandidatePairs candidates, CancellationToken cancellation)
    {
        ResolutionModel model;
        if (options.ModelFile is not { } file) return Learn(current, candidates, cancellation);
        if (File.Exists(file) && (!options.LearnsAnew || judge is not null))
        {
            model = ResolutionModelFile.Read(file);
        }
        else
        {
            model = Learn(current, candidates, cancellation);
            ResolutionModelFile.Write(file, model);
        }

        writtenAt = File.GetLastWriteTimeUtc(file);
        return model;
    }

    /// <summary>Whether another process has learned anew, and judged all pairs so, since.</summary>
    private bool IsRewritten() => options.ModelFile is { } file && File.Exists(file) && File.GetLastWriteTimeUtc(file) != writtenAt;

    private ResolutionModel Learn(ResolutionState current, CandidatePairs candidates, CancellationToken cancellation) =>
        ModelLearner.Learn(current.Parties, current.Shared, candidates.Pairs, current.Ledger.Verdicts, options.Seed, cancellation);
}
