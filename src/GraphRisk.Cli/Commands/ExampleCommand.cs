using System.CommandLine;

namespace GraphRisk.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Name.</param>
/// <param name="description">What it does, in a line.</param>
/// <param name="examples">Command lines without <c>graphrisk</c>.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines without <c>graphrisk</c>.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
