namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>One party's part of one company, all its statements added up.</summary>
/// <param name="Holder">Node of the party.</param>
/// <param name="Company">Node of the company; the holder itself for treasury shares.</param>
/// <param name="Equity">Part of the equity.</param>
/// <param name="Votes">Part of the votes; follows the equity where no votes are stated.</param>
public readonly record struct Holding(int Holder, int Company, ShareInterval Equity, ShareInterval Votes)
{
    /// <summary>A holding whose votes follow its exactly known equity.</summary>
    public static Holding Of(int holder, int company, decimal share) =>
        new(holder, company, ShareInterval.Exactly(share), ShareInterval.Exactly(share));

    /// <summary>The same part once the company's own shares are cancelled.</summary>
    /// <param name="own">What the company holds of itself.</param>
    public Holding Beside(Holding own) => Holder == Company
        ? this with { Equity = own.Equity.Share < 1 ? ShareInterval.Exactly(0) : Equity, Votes = own.Votes.Share < 1 ? ShareInterval.Exactly(0) : Votes }
        : this with { Equity = Equity.Beside(own.Equity), Votes = Votes.Beside(own.Votes) };
}
