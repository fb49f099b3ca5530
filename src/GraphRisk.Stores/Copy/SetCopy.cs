using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Copy;

/// <summary>Carries sets over into another store, in order and with ids, authors and times, so that versions and sequences come out the same.</summary>
internal static class SetCopy
{
    /// <summary>Copies the versions after one and up to another; may be broken off between two sets and go on from there.</summary>
    /// <param name="source">Where from; it may grow meanwhile.</param>
    /// <param name="target">Where to; whoever else writes to it meanwhile copies the same.</param>
    /// <param name="after">Version the target has.</param>
    /// <param name="through">Version it is to have.</param>
    /// <param name="progress">Told how many recordings were copied; null for nobody.</param>
    /// <param name="cancellation">Ends the copy between two sets.</param>
    /// <returns>Recordings copied.</returns>
    /// <exception cref="InvalidDataException">A set got another version in the target.</exception>
    public static async Task<long> RunAsync(
        IGraphStore source, IGraphStore target, long after, long through, IProgress<long>? progress, CancellationToken cancellation)
    {
        if (after >= through) return 0;
        var copied = 0L;
        await using var changes = source.ReadChangesAsync(after, cancellation).GetAsyncEnumerator(cancellation);
        var more = await changes.MoveNextAsync();
        await foreach (var set in source.ReadSetsAsync(after, cancellation))
        {
            if (set.Version.Number > through) break;
            var content = ImmutableArray.CreateBuilder<Change>();
            for (; more && changes.Current.Version == set.Version.Number; more = await changes.MoveNextAsync())
                content.Add(new Change(changes.Current.Kind, changes.Current.Fact));
            var count = content.Count;
            var answer = await target.AppendAsync(new ChangeSet(set.Id, set.Version.RecordedAt, set.Author, content.DrainToImmutable()), cancellation);
            if (answer.Version != set.Version && !(answer.AlreadyKnown && answer.Version.Number > set.Version.Number))
                throw new InvalidDataException(
                    $"Set '{set.Id}' is version {set.Version.Number} of the source and became version {answer.Version.Number} of the target; does somebody else write to it?");
            copied += count;
            progress?.Report(copied);
        }

        return copied;
    }
}
