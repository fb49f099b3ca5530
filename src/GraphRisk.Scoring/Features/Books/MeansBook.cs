namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// What each party could pay with, yuan: securities at the last close and, for a company, published equity if positive.
/// The base to which a guaranteed amount is held; 0 where nothing is known.
/// </summary>
internal sealed class MeansBook
{
    public MeansBook(Parties parties, HoldingBook holdings, AccountsBook accounts)
    {
        Securities = new double[parties.Count];
        Means = new double[parties.Count];
        var held = new List<Holding>();
        for (var party = 0; party < parties.Count; party++)
        {
            holdings.Read(parties.NodeOf(party), held);
            foreach (var holding in held)
                Securities[party] += holding.Value;
            var equity = parties.IsCompany(party) ? accounts.Read(parties.RowOf(party)).Equity : double.NaN;
            Means[party] = Securities[party] + (equity > 0 ? equity : 0);
        }
    }

    /// <summary>Per party the value of its securities.</summary>
    public double[] Securities { get; }

    /// <summary>Per party securities and equity.</summary>
    public double[] Means { get; }
}
