namespace GraphRisk.Market.Securities;

/// <summary>Who holds a security, yuan.</summary>
/// <param name="Held">Value held by all parties seen.</param>
/// <param name="Leveraged">Part held by parties with financing debt: it may have to be sold.</param>
/// <param name="Distressed">That part, each holder weighted by its distress: it may have to be sold soon.</param>
public readonly record struct CoHolding(double Held, double Leveraged, double Distressed)
{
    /// <summary>The same with one holder's part added or, with sign -1, taken out.</summary>
    internal CoHolding With(double value, double debt, double distress, int sign) => debt > 0
        ? new CoHolding(Math.Max(0, Held + (sign * value)), Math.Max(0, Leveraged + (sign * value)), Math.Max(0, Distressed + (sign * value * distress)))
        : this with { Held = Math.Max(0, Held + (sign * value)) };
}

/// <summary>What debtors and others hold of every security, by its row; one pass over all positions.</summary>
public sealed class CoHolders
{
    private readonly CoHolding[] all;

    internal CoHolders(int securities, Parties parties, Positions positions, double[] debt, double[] distress, Graph.Algorithms.WorkMeter meter)
    {
        all = new CoHolding[securities];
        var held = new List<Position>();
        for (var party = 0; party < parties.Count; party++)
        {
            positions.Read(parties.NodeOf(party), held);
            meter.ChargeNode(held.Count);
            foreach (var position in held)
                all[position.Security] = all[position.Security].With((double)position.Value, debt[party], distress[party], 1);
        }
    }

    /// <summary>All holders of a security without one of them.</summary>
    /// <param name="security">Row of the security.</param>
    /// <param name="value">What that one holds of it.</param>
    /// <param name="debt">What it owes.</param>
    /// <param name="distress">Its distress.</param>
    public CoHolding Without(int security, double value, double debt, double distress) =>
        all[security].With(value, debt, distress, -1);
}
