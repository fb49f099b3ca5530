using System.Collections.Immutable;

namespace GraphRisk.Workflow.Warnings.Rules;

/// <summary>
/// The rules of early warning by broker: its own where it has a file of them, else those of all. A broker's own take the place of the common ones whole, so that what it is warned of by is one file to read.
/// </summary>
public sealed class WarningRuleShelf
{
    /// <summary>How the name of a file of rules ends; before it stands the code of the broker.</summary>
    public const string Ending = ".json";

    private readonly ImmutableSortedDictionary<string, WarningRules> own;

    private WarningRuleShelf(WarningRules common, ImmutableSortedDictionary<string, WarningRules> own) => (Common, this.own) = (common, own);

    /// <summary>Files that hold no rules: their brokers go by the common ones.</summary>
    public ImmutableArray<RuleFinding> Findings { get; private init; } = [];

    /// <summary>The shipped rules, for all.</summary>
    public static WarningRuleShelf Shipped { get; } = Of(WarningRuleBook.Shipped);

    /// <summary>The rules of brokers without their own.</summary>
    public WarningRules Common { get; }

    /// <summary>Codes of the brokers that have their own.</summary>
    public IEnumerable<string> Brokers => own.Keys;

    /// <summary>One set of rules for all.</summary>
    public static WarningRuleShelf Of(WarningRules common) => new(common, ImmutableSortedDictionary.Create<string, WarningRules>(StringComparer.Ordinal));

    /// <summary>The same with a broker's own.</summary>
    /// <param name="file">Name of the file: the code of the broker, and <see cref="Ending"/>.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">The name tells no broker, or the text holds no rules; the message says why.</exception>
    public WarningRuleShelf With(string file, string text)
    {
        if (!file.EndsWith(Ending, StringComparison.Ordinal) || file.Length == Ending.Length) throw new InvalidDataException($"{file} is named after no broker: a broker's own rules stand in CODE{Ending}, such as B001{Ending}.");
        return new WarningRuleShelf(Common, own.SetItem(file[..^Ending.Length], WarningRuleBook.Read(file, text))) { Findings = Findings };
    }

    /// <summary>The same with a broker's own, or with a finding where the file holds none: the broker goes by the common rules then, and no other is held up.</summary>
    public WarningRuleShelf WithOrFinding(string file, string text)
    {
        try
        {
            return With(file, text);
        }
        catch (InvalidDataException error)
        {
            var broker = file.EndsWith(Ending, StringComparison.Ordinal) ? file[..^Ending.Length] : "";
            return new WarningRuleShelf(Common, own.Remove(broker)) { Findings = Findings.Add(new RuleFinding(broker, $"{error.Message} The common rules go in the place of this file.")) };
        }
    }

    /// <summary>The rules of a broker.</summary>
    /// <param name="broker">Its code.</param>
    public WarningRules For(string broker) => own.GetValueOrDefault(broker, Common);

    /// <summary>The rows of all, for who asks what figures they look at.</summary>
    public WarningRules Together() => Common with { Rows = [.. Common.Rows, .. own.Values.SelectMany(rules => rules.Rows)] };
}

/// <summary>A file of rules that could not count.</summary>
/// <param name="Broker">Code of the broker it is named after; empty where it is named after none.</param>
/// <param name="Reason">Which file, and why.</param>
public sealed record RuleFinding(string Broker, string Reason);
