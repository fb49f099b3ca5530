namespace GraphRisk.Intake.Resolution.Ledger;

/// <summary>
/// What the store's ledger holds, in short: by pair of ordinals (the lower first), a hash of the rules' judgement and a
/// person's verdict. Tells what has to be written and who is connected with whom. Not thread-safe.
/// </summary>
public sealed class PairLedger
{
    /// <summary>In place of a hash: two judgements of the rules stand, one each way round.</summary>
    private const ulong Both = ulong.MaxValue;

    private readonly Dictionary<(int Left, int Right), Entry> entries = [];
    private readonly Dictionary<int, List<int>> neighbours = [];

    /// <summary>Pairs with any judgement.</summary>
    public IEnumerable<(int Left, int Right)> Pairs => entries.Keys;

    /// <summary>Hash of the rules' judgement; null where there is none.</summary>
    public ulong? RulesHash(int left, int right) => entries.GetValueOrDefault((left, right)).Rules;

    /// <summary>Whether a judgement of the rules stands that names the records the other way round: written when order went by first recording.</summary>
    public bool IsTurned(int left, int right) => entries.GetValueOrDefault((left, right)).IsTurned;

    /// <summary>A person's verdict; null where there is none.</summary>
    public Verdict? Reviewed(int left, int right) => entries.GetValueOrDefault((left, right)).Person;

    /// <summary>What persons have judged.</summary>
    public IEnumerable<(int Left, int Right, Verdict Verdict)> Verdicts =>
        from entry in entries where entry.Value.Person is not null select (entry.Key.Left, entry.Key.Right, entry.Value.Person!.Value);

    /// <summary>Records that any judgement ties to this one.</summary>
    public IReadOnlyList<int> Neighbours(int record) => neighbours.GetValueOrDefault(record) ?? [];

    /// <summary>Notes a judgement of the rules; null where none stands any more.</summary>
    /// <returns>Whether the ledger did not say so already.</returns>
    public bool SetRules(int left, int right, ulong? hash)
    {
        var entry = entries.GetValueOrDefault((left, right));
        if (entry.Rules == hash && !entry.IsTurned) return false;
        Put(left, right, entry with { Rules = hash, IsTurned = false });
        return true;
    }

    /// <summary>Notes what the store says of a judgement of the rules: that it stands, or was taken back. Of two that name a pair both ways none is taken to be right.</summary>
    /// <param name="isTurned">Whether it names the records the other way round.</param>
    /// <param name="hash">What it says; null where it was taken back.</param>
    /// <returns>Whether the ledger did not say so already.</returns>
    public bool NoteRules(int left, int right, bool isTurned, ulong? hash)
    {
        var entry = entries.GetValueOrDefault((left, right));
        if (hash is null && (entry.Rules is null || (entry.IsTurned != isTurned && entry.Rules != Both))) return false;
        if (hash is null && entry.Rules == Both) (hash, isTurned) = (0, !isTurned);
        else if (hash is not null && entry.Rules is not null && entry.IsTurned != isTurned) (hash, isTurned) = (Both, true);
        if (entry.Rules == hash && entry.IsTurned == (isTurned && hash is not null)) return false;
        Put(left, right, entry with { Rules = hash, IsTurned = isTurned && hash is not null });
        return true;
    }

    /// <summary>Notes a person's verdict; null where it was taken back.</summary>
    /// <returns>Whether the ledger did not say so already.</returns>
    public bool SetReviewed(int left, int right, Verdict? verdict)
    {
        var entry = entries.GetValueOrDefault((left, right));
        if (entry.Person == verdict) return false;
        Put(left, right, entry with { Person = verdict });
        return true;
    }

    private void Put(int left, int right, Entry entry)
    {
        if (entry == default)
        {
            entries.Remove((left, right));
            neighbours.GetValueOrDefault(left)?.Remove(right);
            neighbours.GetValueOrDefault(right)?.Remove(left);
            return;
        }

        if (!entries.ContainsKey((left, right)))
        {
            Tie(left, right);
            Tie(right, left);
        }

        entries[(left, right)] = entry;
    }

    private void Tie(int record, int other)
    {
        if (!neighbours.TryGetValue(record, out var list)) neighbours.Add(record, list = new List<int>(2));
        list.Add(other);
    }

    private readonly record struct Entry(ulong? Rules, bool IsTurned, Verdict? Person);
}
