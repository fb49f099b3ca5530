using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Server.Security;

/// <summary>
/// What one request read from level 3 on, commanded, or was refused. It tells which fields were read of whom: subjects of whom
/// the same was read stand together. Thread-safe: fields resolve in parallel.
/// </summary>
public sealed class ReadLedger
{
    /// <summary>Stands in <c>whose</c> for a sum over many.</summary>
    public const string Everyone = "*";

    /// <summary>Stands in <c>whose</c> where the field could not tell.</summary>
    public const string Unknown = "?";

    /// <summary>Most subjects a refusal names; a request that is refused a million records is filed in a few thousand bytes.</summary>
    private const int MostRefused = 100;

    private readonly Lock gate = new();
    private readonly FieldSets sets = new();
    private readonly Dictionary<string, int> readOf = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (SortedSet<string> What, SortedSet<string> Whose)> refused = new(StringComparer.Ordinal);
    private bool revealed;

    /// <param name="field">The field as <c>Type.field</c>.</param>
    /// <param name="subject">The canonical id of the client, <see cref="Everyone"/> or <see cref="Unknown"/>.</param>
    /// <param name="unmasked">A masked value was shown because the viewer gave a reason.</param>
    public void Record(string field, string subject, bool unmasked)
    {
        lock (gate)
        {
            readOf[subject] = sets.With(readOf.GetValueOrDefault(subject), field);
            revealed |= unmasked;
        }
    }

    /// <param name="fields">Fields as <c>Type.field</c>.</param>
    /// <param name="subject">The canonical id of the client, <see cref="Everyone"/> or <see cref="Unknown"/>.</param>
    /// <param name="unmasked">A masked value was shown because the viewer gave a reason.</param>
    public void Record(string[] fields, string subject, bool unmasked)
    {
        lock (gate)
        {
            ref var set = ref CollectionsMarshal.GetValueRefOrAddDefault(readOf, subject, out _);
            set = sets.With(set, fields);
            revealed |= unmasked;
        }
    }

    /// <summary>Something asked for was not given.</summary>
    /// <param name="field">The field as <c>Type.field</c>, or the command.</param>
    /// <param name="subject">Whom it is about as far as the asker named somebody; null where that is not known.</param>
    /// <param name="code">Why, from <see cref="AccessCodes"/>.</param>
    public void Refuse(string field, string? subject, string code)
    {
        lock (gate)
        {
            if (!refused.TryGetValue(code, out var part))
                refused.Add(code, part = (new(StringComparer.Ordinal), new(StringComparer.Ordinal)));
            part.What.Add(field);
            if (part.Whose.Count < MostRefused) part.Whose.Add(subject ?? Unknown);
        }
    }

    /// <summary>What was recorded, sorted; null when there was nothing to record.</summary>
    public LedgerPage? Close()
    {
        lock (gate)
        {
            if (readOf.Count == 0 && refused.Count == 0) return null;
            return new LedgerPage(
                [.. from one in readOf group one.Key by one.Value into same
                    let whose = same.Order(StringComparer.Ordinal).ToImmutableArray()
                    orderby whose[0]
                    select new AuditPart(sets.FieldsOf(same.Key), whose)],
                [.. refused.Select(part => new AuditPart([.. part.Value.What], [.. part.Value.Whose], part.Key))],
                revealed);
        }
    }

    /// <summary>
    /// Sets of fields, each held once: many subjects have few different ones. A set is a number, and what it becomes with one
    /// field more is remembered, so that adding a field is a look-up.
    /// </summary>
    private sealed class FieldSets
    {
        private readonly List<string> fields = [];
        private readonly Dictionary<string, int> numberOf = new(StringComparer.Ordinal);
        private readonly List<ImmutableSortedSet<int>> sets = [ImmutableSortedSet<int>.Empty];
        private readonly Dictionary<string, int> setOf = new(StringComparer.Ordinal) { [""] = 0 };
        private readonly Dictionary<(int Set, int Field), int> with = [];
        private (string[]? Added, int From, int To) last;

        /// <summary>A set with several fields more; the same ones are mostly read of one subject after the other.</summary>
        public int With(int set, string[] added)
        {
            if (last.Added == added && last.From == set) return last.To;
            var from = set;
            foreach (var field in added) set = With(set, field);
            last = (added, from, set);
            return set;
        }

        public int With(int set, string field)
        {
            if (!numberOf.TryGetValue(field, out var number))
            {
                numberOf.Add(field, number = fields.Count);
                fields.Add(field);
            }

            if (with.TryGetValue((set, number), out var next)) return next;
            var larger = sets[set].Add(number);
            var name = string.Join(',', larger);
            if (!setOf.TryGetValue(name, out next))
            {
                setOf.Add(name, next = sets.Count);
                sets.Add(larger);
            }

            return with[(set, number)] = next;
        }

        public ImmutableArray<string> FieldsOf(int set) => [.. sets[set].Select(number => fields[number]).Order(StringComparer.Ordinal)];
    }
}

/// <param name="Read">Fields with the canonical ids of the clients they were read of.</param>
/// <param name="Refused">What was not given, by the code it was refused with.</param>
/// <param name="Revealed">Something was shown unmasked for the viewer's reason.</param>
public sealed record LedgerPage(ImmutableArray<AuditPart> Read, ImmutableArray<AuditPart> Refused, bool Revealed);
