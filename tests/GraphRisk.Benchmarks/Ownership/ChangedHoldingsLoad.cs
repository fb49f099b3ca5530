using System.Diagnostics;
using System.Globalization;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Benchmarks.Ownership;

/// <summary>
/// One changed holding after another in a drawn register of the United Kingdom's shape: stakes in the company and of the holder and whom the holder controls, of
/// what is prepared with the register before the change, beside a full solve of the changed one.
/// </summary>
internal static class ChangedHoldingsLoad
{
    private const int Changes = 200;

    public static void Run(int nodes, int holdings)
    {
        var (register, building) = Timed(() => HoldingGraph.Build(nodes, DrawnRegister.Draw(nodes, holdings, seed: 1)));
        var (_, first) = Timed(() => OwnershipLookThrough.Of(register).OwnersOf(register.Holdings[0].Company, OwnershipSemantics.Corrected).Stakes.Length);
        Tell($"register: {register.NodeCount:N0} nodes, {register.Out.EdgeCount:N0} holdings; drawn and built in {building:F1} s of processor, first question {first:F1} s");
        var random = new Random(1);
        var (times, members) = (new List<double>(), 0);
        for (var change = 0; change < Changes; change++)
        {
            var holding = register.Holdings[random.Next(register.Holdings.Length)];
            var statements = Changed(register, holding, random, change);
            var (told, time) = Timed(() => Ask(register.With(register.NodeCount, new Dictionary<int, List<Holding>> { [holding.Company] = statements }), holding));
            times.Add(1000 * time);
            members = Math.Max(members, told);
        }

        times.Sort();
        Tell($"one change each of {Changes}: {times[Changes / 2]:F2} ms at the median, {times[Changes * 95 / 100]:F2} ms at p95, {times[^1]:F2} ms at most; up to {members:N0} stakes told");
        var last = register.Holdings[random.Next(register.Holdings.Length)];
        var all = register.Holdings.ToArray().Where(one => one.Company != last.Company).Concat(Changed(register, last, random, 0));
        var (_, whole) = Timed(() =>
        {
            var built = HoldingGraph.Build(register.NodeCount, all);
            return Ask(built, last);
        });
        Tell($"the same of a full solve: {whole:F1} s, {1000 * whole / times[Changes * 95 / 100]:N0} times p95");
    }

    private static int Ask(HoldingGraph changed, Holding holding)
    {
        var look = OwnershipLookThrough.Of(changed);
        return look.OwnersOf(holding.Company, OwnershipSemantics.Corrected).Stakes.Length + look.HoldingsOf(holding.Holder, OwnershipSemantics.Corrected).Stakes.Length
            + new CompanyControl(changed).ControlledNodes(holding.Holder).Length;
    }

    /// <summary>The holdings in a company with one of another part, gone, or with another holder beside it.</summary>
    private static List<Holding> Changed(HoldingGraph register, Holding holding, Random random, int change)
    {
        var statements = register.EdgesInto(holding.Company).ToArray().Select(edge => register[edge]).ToList();
        var at = statements.FindIndex(one => one.Holder == holding.Holder);
        statements[at] = Holding.Of(holding.Holder, holding.Company, statements[at].Equity.Share / 2);
        if (change % 3 == 1) statements.RemoveAt(at);
        if (change % 3 == 2) statements.Add(Holding.Of(random.Next(register.NodeCount / 2), holding.Company, holding.Equity.Share / 4));
        return statements;
    }

    private static void Tell(FormattableString line)
    {
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture) + string.Create(CultureInfo.InvariantCulture, $" (peak {process.PeakWorkingSet64 / 1e9:F1} GB)"));
    }

    private static (T Value, double Seconds) Timed<T>(Func<T> work)
    {
        var begun = Environment.CpuUsage.TotalTime;
        var value = work();
        return (value, (Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }
}
