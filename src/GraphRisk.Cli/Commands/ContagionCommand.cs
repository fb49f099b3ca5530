using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk contagion</c>: every method of contagion over any network from CSV.</summary>
internal static class ContagionCommand
{
    private const string Samples = "samples/networks";

    public static ExampleCommand Build(Host host)
    {
        var method = new Option<string>("--method") { Description = "How contagion goes; see above.", HelpName = "METHOD", Required = true };
        var network = File("--network", "The edges: CSV with a header.", isRequired: true);
        var nodes = File("--nodes", "What is known of nodes: CSV with a row each.");
        var shock = File("--shock", "What happens to nodes at first: CSV with a row each. Nodes it names must be known.");
        var changes = File("--changes", "Debts that change afterwards: CSV.");
        var alpha = Number("--alpha", "A parameter of the method.", "A", null, 0, HeadedTable.Greatest);
        var recovery = Number("--recovery", "Part of a claim on a defaulter that is recovered.", "R", 0, 0, 1);
        var onAssets = Number("--recovery-on-assets", "Part of a defaulter's assets that is left.", "R", 1, 0, 1);
        var onClaims = Number("--recovery-on-claims", "Part of a defaulter's receipts that is left.", "R", 1, 0, 1);
        var callLine = Number("--call-line", "Collateral over debt below which an account sells.", "RATIO", 1.3, 0, HeadedTable.Greatest);
        var restoreTo = Number("--restore-to", "Ratio that selling restores.", "RATIO", 1.4, 1, HeadedTable.Greatest);
        var depth = Number("--depth", "Money that brings a price to nothing; sales move no price where absent.", "MONEY", null, HeadedTable.Least, HeadedTable.Greatest);
        var rounds = Count("--rounds", "Rounds at most.");
        var top = Count("--top", "Edges told of each node, the largest; all where absent.");
        var command = new ExampleCommand("contagion", Description(),
            $"contagion --method eisenberg-noe --network {Samples}/three-firms.csv --nodes {Samples}/three-firms-nodes.csv",
            $"contagion --method rogers-veraart --network {Samples}/three-firms.csv --nodes {Samples}/three-firms-nodes.csv --recovery-on-assets 0.5 --recovery-on-claims 0.7",
            $"contagion --method default-cascade --network {Samples}/three-firms.csv --nodes {Samples}/three-firms-nodes.csv --recovery 0.5",
            $"contagion --method debtrank --network {Samples}/three-banks.csv --nodes {Samples}/three-banks-nodes.csv --shock {Samples}/three-banks-shock.csv",
            $"contagion --method debtrank --network {Samples}/three-banks.csv --nodes {Samples}/three-banks-nodes.csv --shock {Samples}/three-banks-shock.csv --changes {Samples}/three-banks-changes.csv",
            $"contagion --method debtrank-single-hit --network {Samples}/three-banks.csv --nodes {Samples}/three-banks-nodes.csv --shock {Samples}/three-banks-shock.csv",
            $"contagion --method debtrank-threshold --network {Samples}/three-banks.csv --nodes {Samples}/three-banks-nodes.csv --shock {Samples}/three-banks-default.csv",
            $"contagion --method debtrank-differential --alpha 2 --network {Samples}/three-banks.csv --nodes {Samples}/three-banks-nodes.csv --shock {Samples}/three-banks-shock.csv",
            $"contagion --method stress-propagation --network {Samples}/ties.csv --shock {Samples}/ties-shock.csv --top 3",
            $"contagion --method guarantee-calls --network {Samples}/guarantees.csv --nodes {Samples}/guarantees-nodes.csv",
            $"contagion --method fire-sale --network {Samples}/funds.csv --nodes {Samples}/funds-nodes.csv --shock {Samples}/funds-shock.csv",
            $"contagion --method margin-spiral --network {Samples}/margin-accounts.csv --nodes {Samples}/margin-accounts-nodes.csv --shock {Samples}/margin-accounts-shock.csv",
            $"contagion --method pagerank --network {Samples}/ties.csv --shock {Samples}/ties-shock.csv")
        {
            method, network, nodes, shock, changes, alpha, recovery, onAssets, onClaims, callLine, restoreTo, depth, rounds, top,
        };
        command.SetAction(async (parsed, _) =>
        {
            var asked = ContagionMethod.Find(parsed.GetValue(method)!);
            var report = asked.Run(asked.Name, new ContagionRequest(parsed.GetValue(network)!.FullName)
            {
                Nodes = parsed.GetValue(nodes)?.FullName,
                Shock = parsed.GetValue(shock)?.FullName,
                Changes = parsed.GetValue(changes)?.FullName,
                Alpha = parsed.GetValue(alpha),
                Recovery = parsed.GetValue(recovery)!.Value,
                RecoveryOnAssets = parsed.GetValue(onAssets)!.Value,
                RecoveryOnClaims = parsed.GetValue(onClaims)!.Value,
                CallLine = parsed.GetValue(callLine)!.Value,
                RestoreTo = parsed.GetValue(restoreTo)!.Value,
                Depth = parsed.GetValue(depth),
                Rounds = parsed.GetValue(rounds),
                Top = parsed.GetValue(top),
            });
            await host.Out.WriteLineAsync(Json.Of(report.Finite()));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Description() => string.Join(Environment.NewLine, [
        "How the failure of some becomes the loss of others, over any network from CSV; one JSON document, the same for the same files.",
        "Answers by node, by edge (which neighbour cost whom how much: terms add up to the node's loss), and in total, inside and outside the network.",
        "Columns are found by name, whatever their order and case; from/to/amount, borrower/lender/exposure, source/target/weight will do.",
        "Amounts are 0 or from 1E-30 to 1E+18. Nobody owes, guarantees or distresses itself: such a row is refused unless its amount is 0; a walk of pagerank may stay.",
        "Files are UTF-8 or GB 18030.",
        "",
        "Methods, and the columns of their files:",
        .. ContagionMethod.All.Select(method => $"  {method.Name}: {method.Columns}"),
    ]);

    private static Option<FileInfo?> File(string name, string description, bool isRequired = false) =>
        new(name) { Description = description, HelpName = "FILE", Required = isRequired };

    private static Option<int?> Count(string name, string description) => new(name)
    {
        Description = description, HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1) return count;
            result.AddError($"{name} is a whole number from 1 to {int.MaxValue}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static Option<double?> Number(string name, string description, string help, double? standard, double least, double most)
    {
        var option = new Option<double?>(name)
        {
            Description = description, HelpName = help,
            CustomParser = result =>
            {
                if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}, not '{result.Tokens[0].Value}'."));
                return null;
            },
        };
        if (standard is not null) option.DefaultValueFactory = _ => standard;
        return option;
    }
}
