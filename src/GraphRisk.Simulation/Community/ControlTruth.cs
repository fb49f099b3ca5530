namespace GraphRisk.Simulation.Community;

/// <summary>
/// Who controls which company by votes alone.
/// </summary>
/// <remarks>
/// For each holder h: the smallest set C with c in C whenever h and the companies already in C together have more than
/// half of c's votes (the majority fixpoint of Chapelle and Szafarz 2005, weak control). Companies of the set enter in
/// rounds; a company's depth is its round. Votes are whole parts, so the comparison is exact. Cost: the votes reachable
/// from h, for every h.
/// </remarks>
public static class ControlTruth
{
    public static IEnumerable<(Party Controller, Company Company, int Depth)> Of(MarketCommunity community, DateOnly day)
    {
        var held = community.Shareholdings.Where(s => s.Valid.Contains(day) && s.Votes > 0).ToLookup(s => s.Holder);
        foreach (var holder in community.Parties)
            foreach (var (company, depth) in ControlledBy(holder, held))
                yield return (holder, company, depth);
    }

    private static IEnumerable<(Company Company, int Depth)> ControlledBy(Party holder, ILookup<Party, Shareholding> held)
    {
        var votes = new Dictionary<Company, int>();
        var controlled = new Dictionary<Company, int>();
        List<Party> entered = [holder];
        for (var depth = 1; entered.Count > 0; depth++)
        {
            foreach (var s in entered.SelectMany(p => held[p])) votes[s.Company] = votes.GetValueOrDefault(s.Company) + s.Votes;
            entered = [.. votes.Where(v => v.Value > Shareholding.Whole / 2 && v.Key != holder && !controlled.ContainsKey(v.Key)).Select(v => v.Key)];
            foreach (var company in entered.Cast<Company>()) controlled[company] = depth;
        }

        return controlled.OrderBy(c => c.Value).ThenBy(c => c.Key.Serial).Select(c => (c.Key, c.Value));
    }
}
