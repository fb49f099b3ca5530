namespace GraphRisk.Scoring.Features.Books;

/// <summary>Who else holds a security, yuan.</summary>
/// <param name="Held">Value held by all parties seen.</param>
/// <param name="Leveraged">Part held by parties with financing debt: it may have to be sold.</param>
/// <param name="Stressed">That part, each holder weighted by its stress: it may have to be sold soon.</param>
internal readonly record struct Crowd(double Held, double Leveraged, double Stressed);

/// <summary>The crowd in every security, by its row; one pass over all holdings.</summary>
internal sealed class CrowdBook
{
    private readonly Crowd[] crowds;

    public CrowdBook(int securities, Parties parties, HoldingBook holdings, ContractBook contracts, StressBook stress)
    {
        crowds = new Crowd[securities];
        var held = new List<Holding>();
        for (var party = 0; party < parties.Count; party++)
        {
            holdings.Read(parties.NodeOf(party), held);
            foreach (var holding in held)
                crowds[holding.Security] = Add(crowds[holding.Security], Part(holding.Value, contracts.Debt[party], stress.Stress[party]), 1);
        }
    }

    public Crowd this[int security] => crowds[security];

    /// <summary>The crowd without one of its members.</summary>
    public Crowd Without(int security, double value, double debt, float stress) =>
        Add(crowds[security], Part(value, debt, stress), -1);

    private static Crowd Part(double value, double debt, float stress) =>
        debt > 0 ? new Crowd(value, value, value * stress) : new Crowd(value, 0, 0);

    private static Crowd Add(Crowd crowd, Crowd part, int sign) => new(
        Math.Max(0, crowd.Held + sign * part.Held),
        Math.Max(0, crowd.Leveraged + sign * part.Leveraged),
        Math.Max(0, crowd.Stressed + sign * part.Stressed));
}
