//! The heap of this library wipes what it frees.
//!
//! Between languages everything is written into buffers that grow, and freed by code that is not ours: a holder's name would stay behind
//! in each of them. Types that wipe themselves cannot help there; the heap can.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;

#[global_allocator]
static HEAP: Wiping<System> = Wiping(System);

/// Larger blocks are pixels, which wipe themselves, and what a face engine reckons with: wiping those would cost milliseconds.
const LARGEST: usize = 1 << 20;

/// An allocator that overwrites blocks with zeros before it gives them back.
struct Wiping<A>(A);

// SAFETY: every block comes from the allocator within and goes back to it with the layout that it has.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Wiping<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's word is handed on.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's word is handed on.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: by the caller's word the block is that long, and nobody uses it any more.
        unsafe {
            wipe(block, layout.size());
            self.0.dealloc(block, layout);
        }
    }

    /// A small block is moved by hand: whoever grows one in the system leaves a copy behind that nobody can reach.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if layout.size() > LARGEST {
            // SAFETY: the caller's word is handed on.
            return unsafe { self.0.realloc(block, layout, size) };
        }
        // SAFETY: by the caller's word size and alignment are those of a layout; the new block is another one, and both are as long as
        // what is copied.
        unsafe {
            let grown = self
                .0
                .alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !grown.is_null() {
                std::ptr::copy_nonoverlapping(block, grown, layout.size().min(size));
                self.dealloc(block, layout);
            }
            grown
        }
    }
}

/// # Safety
/// `block` can be written for `size` bytes.
unsafe fn wipe(block: *mut u8, size: usize) {
    if size <= LARGEST {
        // SAFETY: the caller's word is handed on.
        unsafe { block.write_bytes(0, size) };
        // What is freed next need not be written, a compiler would say: here somebody may look.
        black_box(block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// Looks at what it is given back.
    struct Looks(Mutex<Vec<Vec<u8>>>);

    // SAFETY: blocks come from the system and go back to it.
    unsafe impl GlobalAlloc for Looks {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller's word is handed on.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the block is that long.
            let seen = unsafe { std::slice::from_raw_parts(block, layout.size()) }.to_vec();
            self.0.lock().unwrap().push(seen);
            // SAFETY: the caller's word is handed on.
            unsafe { System.dealloc(block, layout) }
        }
    }

    #[test]
    fn what_is_freed_or_grown_is_wiped_and_keeps_its_bytes() {
        let heap = Wiping(Looks(Mutex::default()));
        let layout = Layout::array::<u8>(9).unwrap();
        // SAFETY: each block is used as long as it is, and freed once.
        unsafe {
            let block = heap.alloc(layout);
            block.copy_from_nonoverlapping(b"a secret!".as_ptr(), 9);
            let grown = heap.realloc(block, layout, 32);
            assert_eq!(std::slice::from_raw_parts(grown, 9), b"a secret!");
            let layout = Layout::array::<u8>(32).unwrap();
            let shrunk = heap.realloc(grown, layout, 4);
            assert_eq!(std::slice::from_raw_parts(shrunk, 4), b"a se");
            heap.dealloc(shrunk, Layout::array::<u8>(4).unwrap());
        }
        let seen = heap.0.0.into_inner().unwrap();
        assert_eq!(seen, [vec![0; 9], vec![0; 32], vec![0; 4]]);
    }
}
