using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Scoring.Registry;

/// <summary>
/// The filed scores of a store (<see cref="ScoreFile"/>) by client, for who asks while they are filed. The file only grows, so each look reads what was added since
/// the last one, checks its chain of hashes, and notes where the lines of each client stand; a line is read when it is asked for. Cost: once a pass over the file, then what
/// came; an answer costs the client's own lines. Memory: eight bytes a filed score and the id of each client. Thread-safe.
/// </summary>
/// <param name="path">The file; it may not be there yet.</param>
public sealed class FiledScores(string path)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<long>> places = new(StringComparer.Ordinal);
    private long read;
    private int lines;
    private string last = "";

    /// <summary>All scores filed by the champion of the time under any of a client's ids, in the order in which they were filed.</summary>
    /// <param name="ids">Ids of the records of the client.</param>
    /// <exception cref="InvalidDataException">The file was altered: nothing is told on its word.</exception>
    public IReadOnlyList<FiledScore> Of(IEnumerable<NodeId> ids)
    {
        lock (gate)
        {
            if (!File.Exists(path)) return [];
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (file.Length < read) Forget();
            CatchUp(file);
            long[] wanted = [.. ids.Distinct().SelectMany(id => places.GetValueOrDefault(id.ToString()) ?? []).Order()];
            return [.. wanted.Select(place => LineAt(file, place)).Where(score => !score.IsBeside)];
        }
    }

    /// <summary>The last score filed for a day, of those whose knowledge was recorded by an instant; null where none was.</summary>
    /// <param name="ids">Ids of the records of the client.</param>
    /// <param name="day">Day whose close the score is about.</param>
    /// <param name="knownAt">Up to when knowledge counts; null for all.</param>
    public FiledScore? On(IEnumerable<NodeId> ids, DateOnly day, DateTimeOffset? knownAt) =>
        Of(ids).LastOrDefault(score => score.AsOf == day && (knownAt is not { } until || score.KnownAt <= until));

    /// <summary>
    /// How a client's score went: per day the score filed last for it, by day, without those that tell the same as the one before.
    /// </summary>
    /// <param name="ids">Ids of the records of the client.</param>
    /// <param name="knownAt">Up to when knowledge counts; null for all.</param>
    public IReadOnlyList<FiledScore> LifeOf(IEnumerable<NodeId> ids, DateTimeOffset? knownAt)
    {
        var life = new List<FiledScore>();
        foreach (var score in Of(ids).Where(score => knownAt is not { } until || score.KnownAt <= until).GroupBy(score => score.AsOf).OrderBy(day => day.Key).Select(day => day.Last()))
            if (life.Count == 0 || !life[^1].TellsTheSame(score)) life.Add(score);
        return life;
    }

    private void CatchUp(FileStream file)
    {
        if (file.Length == read) return;
        foreach (var line in HashedLog.ReadFrom(file, read, last, lines))
        {
            if (!line.Line.IsWhole) throw new InvalidDataException(FormattableString.Invariant($"line {line.Line.Number} of {path} was altered, or a line before it removed"));
            if (!line.Line.IsErased)
            {
                if (ScoreFile.Parse(line.Line.Text) is not { } score) throw new InvalidDataException(FormattableString.Invariant($"line {line.Line.Number} of {path} is no filed score"));
                if (!places.TryGetValue(score.Client, out var own)) places.Add(score.Client, own = []);
                own.Add(read);
            }

            (read, lines, last) = (line.End, line.Line.Number, line.Line.Hash);
        }
    }

    private static FiledScore LineAt(FileStream file, long place)
    {
        file.Seek(place, SeekOrigin.Begin);
        return ScoreFile.Parse(HashedLog.TextOf(new StreamReader(file, Encoding.UTF8, false, 1024, leaveOpen: true).ReadLine()!))!;
    }

    /// <summary>Another file lies in its place.</summary>
    private void Forget()
    {
        places.Clear();
        (read, lines, last) = (0, 0, "");
    }
}
