using System;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Chipid.Tests
{
    /// <summary>Says in C what this side of the edge takes the structures of chipid.h for: a C compiler compares it with the header.</summary>
    internal static class Structures
    {
        private static readonly string[] Planes = { "First", "Second", "Third" };

        internal static int Print()
        {
            Console.WriteLine("#include <chipid.h>");
            Console.WriteLine("#include <stddef.h>");
            var structures = typeof(Library).Assembly.GetTypes().Where(type => type.IsValueType && type.Name.StartsWith("Native", StringComparison.Ordinal));
            foreach (var structure in structures)
            {
                var name = "chipid_" + C(structure.Name.Substring("Native".Length));
                Console.WriteLine("_Static_assert(sizeof({0}) == {1}, \"{0}\");", name, Marshal.SizeOf(structure));
                foreach (var field in structure.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                    Console.WriteLine("_Static_assert(offsetof({0}, {1}) == {2}, \"{0}.{1}\");",
                        name, InC(field.Name), Marshal.OffsetOf(structure, field.Name));
            }
            return 0;
        }

        private static string InC(string field)
        {
            var plane = Array.IndexOf(Planes, field);
            return plane < 0 ? C(field) : "planes[" + plane + "]";
        }

        private static string C(string name) => Regex.Replace(name, "(?<!^)([A-Z])", "_$1").ToLowerInvariant();
    }
}
