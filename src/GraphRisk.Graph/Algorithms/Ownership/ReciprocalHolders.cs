using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Who holds votes in a company that controls it: holders of its shares that the company itself controls by majority of votes, all votes counted but those companies have in themselves where these are taken out.
/// Who they are is found before any reciprocal vote is taken out, so that it rests on nothing it changes. Found for each company once, when it is first asked about; thread-safe.
/// </summary>
internal sealed class ReciprocalHolders
{
    private readonly HoldingGraph holdings;
    private readonly CompanyControl certain, possible;
    private readonly ConcurrentDictionary<int, Holders> found = [];

    /// <param name="holdings">The holdings.</param>
    /// <param name="parameters">When votes control; the bound says of stated ranges that they are taken as stated.</param>
    public ReciprocalHolders(HoldingGraph holdings, ControlParameters parameters)
    {
        this.holdings = holdings;
        var counted = parameters with { Reciprocal = ReciprocalVotes.Counted };
        var isStated = parameters.Bound == ShareBound.Stated;
        certain = new CompanyControl(holdings, parameters: isStated ? counted : counted with { Bound = ShareBound.Lower });
        possible = isStated ? certain : new CompanyControl(holdings, parameters: counted with { Bound = ShareBound.Upper });
    }

    /// <summary>Those of a company.</summary>
    /// <param name="company">Node of the company.</param>
    /// <param name="meter">Pays where they are not found yet.</param>
    public Holders Of(int company, WorkMeter meter) => found.TryGetValue(company, out var known) ? known : found.GetOrAdd(company, Find(company, meter));

    private Holders Find(int company, WorkMeter meter)
    {
        // Whoever it controls it reaches; most companies hold nothing.
        if (holdings.Out.Degree(company) == 0) return Holders.None;
        meter.ChargeNode(holdings.In.Degree(company));
        var holders = holdings.In.Neighbours(company).ToArray().Where(holder => holder != company).ToHashSet();
        var open = possible.ControlledNodes(company, meter).Where(holders.Contains).ToFrozenSet();
        return open.Count == 0 ? Holders.None : new Holders(certain.ControlledNodes(company, meter).Where(holders.Contains).ToFrozenSet(), open);
    }

    /// <summary>Holders of a company that it controls.</summary>
    /// <param name="Certain">For certain.</param>
    /// <param name="Possible">Possibly, the certain ones among them.</param>
    public sealed record Holders(FrozenSet<int> Certain, FrozenSet<int> Possible)
    {
        public static Holders None { get; } = new([], []);
    }
}
